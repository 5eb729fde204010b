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
    const follower = document.querySelector(".explorer, [data-address]");
    if (window.location.pathname !== path || !follower) { return; }
    event.stopImmediatePropagation();
    window.dash_clientside.set_props(follower.dataset.address || "address", { data: window.location.search });
  });

  /* Links to another language or to the sheet for print keep the view: written just before use. */
  function keepView(event) {
    const link = event.target.closest && event.target.closest(".languages a, [data-keep-view]");
    if (!link) { return; }
    const query = new URLSearchParams(window.location.search);
    query.set("lang", link.lang || document.documentElement.lang);
    link.href = (link.dataset.keepView || "") + plain(query).slice(link.dataset.keepView ? path.length : 0);
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
