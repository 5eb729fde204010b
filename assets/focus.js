/* Where the focus goes: into a card that was chosen by keyboard, and back to where it was chosen from when the
   card closes. Escape closes the list of sources in which the focus is, else the card. */
(function () {
  "use strict";
  const OWN_ESCAPE = "[role=search], dialog, [data-radix-popper-content-wrapper]"; // these close something themselves
  const panel = () => document.querySelector(".card-panel");
  const card = () => document.querySelector(".card-panel .card-body");
  const isSeen = (element) => Boolean(element) && element.isConnected && element.getClientRects().length > 0;
  let origin = null;
  let coming = null;

  function stopWaiting() {
    if (coming) { coming.disconnect(); coming = null; }
  }

  const enterCard = () => card().querySelector("h2").focus();

  /* The server answers later, with a card that is a new element. */
  function enterNextCard() {
    const before = card();
    coming = new MutationObserver(() => {
      if (card() && card() !== before) { stopWaiting(); enterCard(); }
    });
    coming.observe(panel(), { childList: true });
  }

  function chooseByKey(element) {
    if (!panel().contains(element)) { origin = element; }
    const isThere = card() && element.dataset.choose === card().dataset.keys;
    if (isThere) { enterCard(); } else { enterNextCard(); }
  }

  function leaveCard() {
    const back = [origin, document.querySelector("[data-map-move=home]")].find(isSeen);
    origin = null;
    if (back) { back.focus(); }
  }

  function escape(from) {
    const sources = from.closest("details.sourced[open]");
    if (sources) {
      sources.open = false;
      sources.querySelector("summary").focus();
    } else if (card() && !from.closest(OWN_ESCAPE)) {
      window.dash_clientside.choose.pick({ keys: [] });
      if (origin || panel().contains(from)) { leaveCard(); }
    }
  }

  /* Before the scripts that answer a key themselves and may change what is open. */
  document.addEventListener("keydown", (event) => {
    stopWaiting();
    if (event.key === "Escape") { escape(event.target); return; }
    const isPress = event.key === "Enter" || (event.key === " " && event.target.closest("button"));
    const chosen = isPress && panel() && event.target.closest("[data-choose], [role=search] input");
    if (chosen && chosen.dataset.choose !== "") { chooseByKey(chosen); }
  }, true);

  /* With a pointer the reader goes elsewhere. */
  document.addEventListener("pointerdown", (event) => {
    stopWaiting();
    if (panel() && !panel().contains(event.target)) { origin = null; }
  }, true);

  /* The button that closes the card goes with it, and would take the focus along. */
  document.addEventListener("click", (event) => {
    const closing = event.target.closest && event.target.closest(".card-panel [data-choose='']");
    if (closing && (origin || event.detail === 0)) { leaveCard(); }
  });
})();
