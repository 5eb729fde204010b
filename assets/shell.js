/* Language links keep the view: the page's own address with another ?lang=, written just before use. */
(function () {
  "use strict";
  function keepView(event) {
    const link = event.target.closest && event.target.closest(".languages a");
    if (!link) { return; }
    const query = new URLSearchParams(window.location.search);
    query.set("lang", link.lang);
    link.href = window.location.pathname + "?" + query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  }
  ["pointerover", "pointerdown", "focusin", "click"].forEach((type) => document.addEventListener(type, keepView, true));
})();
