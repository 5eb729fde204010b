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

  /* Every link within the atlas, and every form that leads to a page, leads to the theme of this one. */
  function keepTheme(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.origin !== window.location.origin || link.hasAttribute("download")) { return; }
    if (link.getAttribute("href").startsWith("#") || /^\/(export|embed|geodata|assets)\//.test(window.atlasPlace.path(link.pathname))) { return; }
    const query = window.atlasTheme.carry(new URLSearchParams(link.search)).toString();
    const search = query && "?" + query.replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
    if (search !== link.search && query !== new URLSearchParams(link.search).toString()) { link.search = search; }
  }

  ["pointerover", "pointerdown", "focusin", "click"].forEach((type) => {
    document.addEventListener(type, keepView, true);
    document.addEventListener(type, keepTheme, true);
  });
  document.addEventListener("submit", (event) => {
    const theme = window.atlasTheme.carry(new URLSearchParams()).get("theme");
    if (event.target.method !== "get") { return; }
    event.target.querySelectorAll('input[name="theme"]').forEach((field) => field.remove());
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "theme", value: theme });
    if (theme) { event.target.append(field); }
  }, true);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      /* Filters and legend stand open beside a wide map; on a phone they wait folded under it. */
      is_wide: () => Array(2).fill(window.matchMedia("(min-width: 761px)").matches),
      has_room: () => window.matchMedia("(min-width: 761px)").matches,
      push: (view) => {
        if (!view || !view.is_new) { return; }
        const query = new URLSearchParams(view.query);
        const language = new URLSearchParams(window.location.search).get("lang");
        if (language) { query.set("lang", language); }
        window.atlasTheme.carry(query);
        window.history.pushState(null, "", plain(query));
      },
    },
  });
})();
