/* The help (dashboard/help_dialog.py): the button and the key ? open it; Escape, × and a click beside it close it. */
(function () {
  "use strict";
  const dialog = () => document.getElementById("help");
  const TYPING = "input, textarea, select, [contenteditable], [role=combobox], [role=textbox]";
  let opener = null;

  function open(from) {
    if (!dialog() || document.querySelector("dialog[open]:modal")) { return; }
    opener = from;
    dialog().showModal();
    dialog().querySelector(".help-body").scrollTop = 0;
  }

  /* Where the reader was; a key pressed on no element gives the focus to the button. */
  function leave() {
    const isSeen = opener && opener.isConnected && opener !== document.body && opener.getClientRects().length > 0;
    const back = isSeen ? opener : document.querySelector(".help-button");
    opener = null;
    if (back) { back.focus(); }
  }

  document.addEventListener("close", (event) => { if (event.target === dialog()) { leave(); } }, true);

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!target.closest) { return; }
    const button = target.closest(".help-button");
    if (button) { open(button); return; }
    if (dialog() && dialog().open && (target === dialog() || target.closest("[data-help-close]"))) { dialog().close(); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.target.closest && event.target.closest(TYPING)) { return; }
    event.preventDefault();
    open(document.activeElement);
  });
})();
