/* The printed map in the browser: how large the preview shows it, the print button, and downloads of the
   figure as SVG or PNG, made by the reader's own browser with assets/export_picture.js. assets/no_world.js keeps
   Plotly at home. */
(function () {
  "use strict";
  function graph() { return document.querySelector(".paper .js-plotly-plot"); }

  function image(format, scale) {
    const gd = graph();
    const { width, height } = gd._fullLayout;
    return window.Plotly.toImage(gd, { format, width, height, scale: scale || 1 });
  }

  function svgText() {
    const { smaller } = window.atlasPicture;
    return image("svg").then((address) => smaller(decodeURIComponent(address.slice(address.indexOf(",") + 1))));
  }

  const ACTIONS = {
    print: () => window.print(),
    svg: (name) => svgText().then((text) => window.atlasPicture.save(new Blob([text], { type: "image/svg+xml" }), name + ".svg")),
    png: (name) => image("png", 2).then((address) => {
      const bytes = Uint8Array.from(atob(address.split(",")[1]), (c) => c.charCodeAt(0));
      window.atlasPicture.save(new Blob([bytes], { type: "image/png" }), name + ".png");
    }),
  };

  /* A sheet wider than the window is shown smaller, unless the reader wants its true size. The sheet itself
     is only transformed: print and downloads take no notice. */
  let wantsTrueSize = false;
  function fit() {
    const table = document.querySelector(".paper-table");
    const sheet = table && table.querySelector(".paper");
    const button = document.querySelector("[data-paper-size]");
    if (!sheet || !button) { return; }
    const { paddingLeft, paddingRight } = getComputedStyle(table);
    const room = table.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const share = Math.min(1, room / sheet.offsetWidth);
    const isSmaller = share < 1 && !wantsTrueSize;
    sheet.style.transform = isSmaller ? `scale(${share})` : "";
    sheet.parentNode.style.width = sheet.offsetWidth * (isSmaller ? share : 1) + "px";
    sheet.parentNode.style.height = sheet.offsetHeight * (isSmaller ? share : 1) + "px";
    button.hidden = share === 1;
    button.setAttribute("aria-pressed", String(wantsTrueSize));
    table.dataset.fitted = String(isSmaller);
  }

  const widths = new ResizeObserver(() => requestAnimationFrame(fit));

  /* Called once the sheet of a page is there; gives the class of the table it lies on. */
  function attach() {
    wantsTrueSize = false;
    widths.disconnect();
    widths.observe(document.querySelector(".paper-table"));
    fit();
    return "paper-table";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-paper], [data-paper-size]");
    if (!button || !graph()) { return; }
    if (button.dataset.paperSize) { wantsTrueSize = !wantsTrueSize; fit(); return; }
    ACTIONS[button.dataset.paper](button.dataset.name);
  });

  window.atlasPaper = { svgText };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { paper: { attach } });
})();
