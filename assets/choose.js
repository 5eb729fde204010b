/* Buttons that select a thing of the atlas: data-choose="site:J-003", "" for nothing; with data-fly the map goes there. */
(function () {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-choose]");
    if (!button) { return; }
    const keys = button.dataset.choose ? [button.dataset.choose] : [];
    window.dash_clientside.set_props("picked", { data: { keys, fly: "fly" in button.dataset, at: Date.now() } });
  });
})();
