/* Buttons that copy: a ready text (data-copy), or the address of exactly this view (data-copy-link). */
(function () {
  "use strict";

  function viewLink(version) {
    const query = new URLSearchParams(window.location.search);
    const camera = window.dash_clientside.map.camera();
    if (camera) { query.set("camera", camera); }
    query.set("lang", document.documentElement.lang);
    query.set("data", version);
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return window.location.origin + window.location.pathname + "?" + text;
  }

  /* A page served to a hall over plain http has no clipboard interface: the old command still works there. */
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) { return navigator.clipboard.writeText(text); }
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    return Promise.resolve();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy], [data-copy-link]");
    if (!button) { return; }
    const { copy: ready, copyLink: version } = button.dataset;
    const text = [ready, version && viewLink(version)].filter(Boolean).join("\n");
    copy(text).then(() => {
      const label = button.dataset.label || button.textContent;
      button.dataset.label = label;
      button.textContent = button.dataset.copied;
      window.setTimeout(() => { button.textContent = label; }, 1500);
    });
  });
})();
