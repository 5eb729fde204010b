/* The page of sources: its address follows the search, and a link to a part of it arrives there. */
(function () {
  "use strict";
  const PAGE = ".sources-page";

  function scrollTo(element) {
    if (element) { element.scrollIntoView({ block: "start" }); }
  }

  /* The browser looks for the anchor before the page is made. */
  function arrive() {
    const asked = document.querySelector(PAGE + " .asked");
    const anchor = window.location.hash.slice(1);
    const part = anchor && document.getElementById(anchor);
    window.requestAnimationFrame(() => scrollTo(part || (asked && document.getElementById("list"))));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    sources: {
      follow: (view) => {
        if (!view) { return; }
        if (!view.query) { arrive(); return; }
        const query = new URLSearchParams(view.query);
        if (!new URLSearchParams(window.location.search).get("lang")) { query.delete("lang"); }
        const text = query.toString();
        window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : ""));
      },
    },
  });
})();
