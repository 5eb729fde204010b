/* Questions of a page asked without a new page: forms and links with data-ask, which names the store that
   takes the question. A field that is empty, or has its data-default, stays out of the address. */
(function () {
  "use strict";

  function ask(store, query, isBack) {
    window.dash_clientside.set_props(store, { data: { query, back: isBack, at: Date.now() } });
  }

  function queryOf(form) {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, name) => {
      const field = form.elements.namedItem(name);
      if (value && !(field.dataset && value === field.dataset.default)) { query.append(name, value); }
    });
    return "?" + query;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.ask) { return; }
    event.preventDefault();
    ask(form.dataset.ask, queryOf(form), false);
  });

  /* Where places are too many for a list, the server is asked for those that fit what is typed. */
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset || !field.dataset.places || !field.value) { return; }
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const data = { text: field.value, lang: field.form.elements.namedItem("lang").value };
      window.dash_clientside.set_props(field.dataset.places, { data });
    }, 150);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-ask]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    ask(link.dataset.ask, new URL(link.href).search, false);
  });

  /* Back within the page: Dash would make the page and its map anew, or not notice it at all. */
  const path = window.location.pathname;
  window.addEventListener("popstate", (event) => {
    const asks = document.querySelector("form[data-ask]");
    if (!asks || window.location.pathname !== path) { return; }
    event.stopImmediatePropagation();
    ask(asks.dataset.ask, window.location.search, true);
  });
})();
