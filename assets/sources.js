/* The page of sources: its address follows the search, and a link to a part of it arrives there. */
(function () {
  "use strict";
  const PAGE = ".sources-page";
  const PATIENCE = 15000; // milliseconds, for slow machines
  const PAUSE = 200; // milliseconds without a key

  /* The browser looks for the anchor before the page is made: wait for the page, then go there. */
  function arrive() {
    if (document.querySelector(PAGE)) {
      const asked = document.querySelector(PAGE + " .asked") && document.getElementById("list");
      const part = document.getElementById(window.location.hash.slice(1)) || asked;
      if (part) { part.scrollIntoView({ block: "start", behavior: "instant" }); }
    } else if (window.performance.now() < PATIENCE) {
      window.requestAnimationFrame(arrive);
    }
  }
  if (window.location.hash || window.location.search.includes("source=")) { arrive(); }

  /* A search while typing: the field keeps its own text, so that no late answer moves the cursor in it. */
  let timer = null;
  document.addEventListener("input", (event) => {
    if (event.target.id !== "find-sources") { return; }
    clearTimeout(timer);
    timer = setTimeout(() => window.dash_clientside.set_props("typed-sources", { data: event.target.value }), PAUSE);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    sources: {
      follow: (view) => {
        if (!view || !view.query) { return; }
        const query = new URLSearchParams(view.query);
        if (!new URLSearchParams(window.location.search).get("lang")) { query.delete("lang"); }
        const text = window.atlasTheme.carry(query).toString();
        window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : ""));
      },
    },
  });
})();
