/* The address in the browser is the view. Choices are pushed into it, Back and Forward are read from it. */
(function () {
  "use strict";
  const path = window.location.pathname;

  function plain(query) {
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return window.location.pathname + (text ? "?" + text : "");
  }

  /* Back within a page: tell its callbacks. Dash would make the whole page and its map anew. */
  window.addEventListener("popstate", (event) => {
    if (window.location.pathname !== path || !document.querySelector(".explorer")) { return; }
    event.stopImmediatePropagation();
    window.dash_clientside.set_props("address", { data: window.location.search });
  });

  /* Language links keep the view: the page's own address with another ?lang=, written just before use. */
  function keepView(event) {
    const link = event.target.closest && event.target.closest(".languages a");
    if (!link) { return; }
    const query = new URLSearchParams(window.location.search);
    query.set("lang", link.lang);
    link.href = plain(query);
  }
  ["pointerover", "pointerdown", "focusin", "click"].forEach((type) => document.addEventListener(type, keepView, true));

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      /* Filters and legend stand open beside a wide map; on a phone they wait folded under it. */
      is_wide: () => Array(2).fill(window.matchMedia("(min-width: 761px)").matches),
      push: (view) => {
        if (!view || !view.is_new) { return; }
        const query = new URLSearchParams(view.query);
        const language = new URLSearchParams(window.location.search).get("lang");
        if (language) { query.set("lang", language); }
        window.history.pushState(null, "", plain(query));
      },
    },
  });
})();
