/* Every request of a page says which version of the data the page was made of, so that the answer is of the same.
   A quiet note says when newer data exist, and another when the version of this page is gone. Loading the page
   anew loses nothing: its address is the view. */
(function () {
  "use strict";
  const told = document.querySelector('meta[name="data-version"]');
  if (!told) { return; }
  const fetched = window.fetch;
  /* An address of the atlas is fetched below the path at which the atlas stands (assets/theme.js says more). */
  const base = new URL(document.currentScript.src).pathname.split("/assets/")[0];
  const isBare = (asked) => base && typeof asked === "string" && asked.startsWith("/") && !asked.startsWith(base + "/");
  /* These addresses change with what they hold: they name their version themselves. */
  const own = /^\/(geodata|rows|drawn|tiles|assets|bootstrap|_dash-component-suites)\//;
  let shown = "";

  function note(kind) {
    const message = told.dataset[kind];
    if (!message || shown === "gone" || shown === kind) { return; }
    const before = document.querySelector(".data-note");
    if (before) { before.remove(); }
    shown = kind;
    const load = Object.assign(document.createElement("button"), { type: "button", textContent: told.dataset.load });
    load.className = "btn btn-sm btn-outline-secondary";
    load.addEventListener("click", () => window.location.reload());
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    close.className = "close";
    close.setAttribute("aria-label", told.dataset.close);
    const box = document.createElement("div");
    box.className = "data-note";
    box.setAttribute("role", "status");
    close.addEventListener("click", () => box.remove());
    document.body.append(box);
    box.append(Object.assign(document.createElement("span"), { textContent: message }), load, close);
  }

  window.fetch = async function (wanted, options) {
    const asked = isBare(wanted) ? base + wanted : wanted;
    const url = new URL(asked instanceof Request ? asked.url : asked, window.location.href);
    const isOurs = url.origin === window.location.origin && url.protocol.startsWith("http");
    if (!isOurs) { return fetched(asked, options); }
    let given = options;
    if (!own.test(url.pathname.slice(base.length))) {
      const headers = new Headers((options && options.headers) || (asked instanceof Request ? asked.headers : {}));
      headers.set("Data-Version", told.content);
      given = { ...options, headers };
    }
    const answer = await fetched(asked, given);
    if (answer.status === 409 && answer.headers.has("Data-Newest")) { note("gone"); }
    else if (answer.headers.has("Data-Newest")) { note("newer"); }
    return answer;
  };
})();
