/* The agenda (dashboard/council/agenda.py) is its address. This keeps the address short and true, remembers it
   for the tab so that "Add to the agenda" on another page adds to it, and prints the paper. */
(function () {
  "use strict";
  const PATH = "/council/agenda";
  const KEPT = "corridor-atlas-agenda";
  const LONGEST = 4000; // characters of a query as a form writes it; servers refuse longer request lines

  /* What the server has made of a link stands in the address, without the button that was pressed. */
  function settle() {
    const page = document.querySelector("[data-agenda-address]");
    if (!page || page.dataset.settled) { return; }
    page.dataset.settled = "yes";
    const address = page.dataset.agendaAddress;
    const theme = window.atlasTheme.carry(new URLSearchParams()).toString();
    const shown = theme ? address + (address.includes("?") ? "&" : "?") + theme : address;
    if (window.atlasPlace.path() === PATH) { window.history.replaceState(window.history.state, "", shown); }
    try { window.sessionStorage.setItem(KEPT, address); } catch { /* a browser that keeps nothing */ }
  }
  new MutationObserver(settle).observe(document, { childList: true, subtree: true });

  function kept() {
    try { return window.sessionStorage.getItem(KEPT) || ""; } catch { return ""; }
  }

  /* A link that adds leads to the agenda of this tab; written just before use. */
  function lead(event) {
    const link = event.target.closest && event.target.closest("a[data-agenda]");
    if (!link) { return; }
    const query = new URLSearchParams(kept().split("?")[1] || "");
    query.delete("add");
    query.append("add", link.dataset.agenda);
    query.set("lang", document.documentElement.lang);
    link.href = window.atlasPlace.at(PATH) + "?" + query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  }
  ["pointerdown", "focusin", "click"].forEach((type) => document.addEventListener(type, lead, true));

  function written(form) {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (value) { query.append(name, value); } });
    return query.toString();
  }

  /* Fields that are empty stay out of the address. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.classList.contains("agenda-form")) { return; }
    if (written(form).length > LONGEST) {
      event.preventDefault();
      window.alert(form.dataset.tooLong);
      return;
    }
    const empty = [...form.elements].filter((field) => field.name && !field.value && !field.disabled);
    empty.forEach((field) => { field.disabled = true; });
    window.setTimeout(() => empty.forEach((field) => { field.disabled = false; }));
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("[data-agenda-print]")) { window.print(); }
  });
})();
