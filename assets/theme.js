/* Light or dark: as the address says, else as chosen last in this browser, else as the system is. It runs in the
   head, before the page is painted. Figures come in the colours of the light theme; here they get their partners
   (dashboard/figures/theme.py), and a sheet of paper keeps its own. */
(function () {
  "use strict";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const CHOICES = ["system", "dark", "light"];
  const KEPT = "atlas-theme";
  const SHEETS = ".paper, .agenda-paper, .export-sheet, .export-page";
  const COLOUR = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3})\b|rgba?\([^)]*\)/gi;
  let isPrinting = false;

  /* Where the atlas stands on its server: "" or a path such as "/atlas". Scripts write addresses without it; what
     leads somewhere goes through `at`, and where the reader is says `path`. */
  const { src } = document.currentScript; // none inside of a single file
  const base = src ? new URL(src).pathname.split("/assets/")[0] : "";
  window.atlasPlace = {
    at: (address) => base + address,
    path: (found = window.location.pathname) => (base && (found + "/").startsWith(base + "/") ? found.slice(base.length) || "/" : found),
  };

  /* Which theme */

  function asked() {
    const said = new URLSearchParams(window.location.search).get("theme");
    if (CHOICES.includes(said)) { return said; }
    try { return window.localStorage.getItem(KEPT) || "system"; } catch (error) { return "system"; }
  }

  function apply() {
    const choice = asked();
    const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
    root.dataset.themeChoice = choice;
    if (root.dataset.agThemeMode === theme) { return; } // the last of the marks, which the server does not write
    Object.assign(root.dataset, { theme, bsTheme: theme, agThemeMode: theme });
    drawAll();
  }

  /* Puts the theme of the address into a query, or takes it out where the address says nothing. */
  function carry(query) {
    const said = new URLSearchParams(window.location.search).get("theme");
    if (CHOICES.includes(said) && said !== "system") { query.set("theme", said); } else { query.delete("theme"); }
    return query;
  }

  function choose(choice) {
    const query = new URLSearchParams(window.location.search);
    if (choice === "system") { query.delete("theme"); } else { query.set("theme", choice); }
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : "") + window.location.hash);
    try { window.localStorage.setItem(KEPT, choice); } catch (error) { /* a browser that keeps nothing */ }
    apply();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-theme-switch]");
    if (button) { choose(CHOICES[(CHOICES.indexOf(root.dataset.themeChoice) + 1) % CHOICES.length]); }
  });
  system.addEventListener("change", apply);
  window.addEventListener("popstate", apply);

  /* Partners of colours */

  let partners = null;
  function tableOfPartners() {
    const sheet = [...document.styleSheets].find((one) => (one.href || "").includes("/drawn/dark.") || (one.ownerNode || {}).id === "dark-colours");
    if (!sheet) { return new Map(); }
    const { style } = sheet.cssRules[0].cssRules[0];
    return new Map([...style].map((name) => [name.slice(4), style.getPropertyValue(name).trim()]));
  }

  function hex(numbers) { return numbers.slice(0, 3).map((one) => Math.round(one).toString(16).padStart(2, "0")).join(""); }

  function partner(colour) {
    partners = partners && partners.size ? partners : tableOfPartners();
    if (colour[0] === "#") {
      const own = colour.slice(1).toLowerCase();
      const found = partners.get(own.length === 3 ? own.replace(/./g, "$&$&") : own.slice(0, 6));
      return found ? found + own.slice(6) : colour;
    }
    const numbers = colour.match(/[\d.]+/g).map(Number);
    if (numbers[3] === 0) { return colour; }
    const found = partners.get(numbers.slice(0, 3).join("-")) || partners.get(hex(numbers));
    if (!found || numbers.length < 4) { return found || colour; }
    return `rgba(${[1, 3, 5].map((at) => parseInt(found.slice(at, at + 2), 16)).join(",")},${numbers[3]})`;
  }

  /* A copy with all colours exchanged; what has none is not copied. */
  function darkened(thing) {
    if (typeof thing === "string") {
      return thing.length < 4000 && /#|rgb/.test(thing) ? thing.replace(COLOUR, partner) : thing;
    }
    if (!thing || typeof thing !== "object" || ArrayBuffer.isView(thing)) { return thing; }
    if (Array.isArray(thing)) {
      return typeof thing[0] === "number" && typeof thing[thing.length - 1] === "number" ? thing : thing.map(darkened);
    }
    return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, darkened(value)]));
  }

  /* What a figure leaves to Plotly, which would take black on white. */
  function dressed(layout) {
    if (!isDark() || layout.template) { return layout; }
    const [ink, line, paper] = ["#1c262c", "#8c979d", "#ffffff"].map(partner);
    const axis = { color: ink, linecolor: line, gridcolor: partner("#e3e6e8"), zerolinecolor: line };
    const template = { layout: { font: { color: ink }, paper_bgcolor: paper, plot_bgcolor: paper, xaxis: axis, yaxis: axis } };
    return { ...layout, template };
  }

  const isDark = () => root.dataset.theme === "dark" && !isPrinting;
  function themed(thing) { return isDark() ? darkened(thing) : thing; }

  /* Figures: Dash draws them by Plotly.react, which is told the exchanged colours. */

  const lights = new Map(); // graph → what Dash gave last
  const isThemed = (gd) => gd.closest && gd.closest(".dash-graph") && !gd.closest(SHEETS);

  function wrap(Plotly) {
    const { react, toImage } = Plotly;
    Plotly.react = function (gd, figure, ...rest) {
      if (!isThemed(gd) || !figure || !figure.data) { return react.call(this, gd, figure, ...rest); }
      lights.set(gd, figure);
      const { data } = figure;
      const layout = window.atlasTiles ? window.atlasTiles.placed(figure.layout) : figure.layout;
      const given = { ...figure, data: themed(data), layout: dressed(themed(layout || {})) };
      return react.call(this, gd, given, ...rest);
    };
    /* Files are for paper and for other people's pages: light. */
    Plotly.toImage = function (gd, options) {
      const figure = lights.get(gd);
      return toImage.call(this, figure ? { data: figure.data, layout: figure.layout } : gd, options);
    };
    return Plotly;
  }

  let plotly = window.Plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set: (made) => { plotly = made && made.react ? wrap(made) : made; },
  });

  function drawAll() {
    document.dispatchEvent(new CustomEvent("atlas:theme"));
    drawCharts(() => true);
  }

  function drawCharts(isMeant) {
    lights.forEach((figure, gd) => {
      if (!gd.isConnected) { lights.delete(gd); return; }
      if (gd._fullLayout && isMeant(gd)) { window.Plotly.react(gd, figure); }
    });
  }

  /* Paper is white whatever the screen is. A map cannot be painted while the print waits: atlas.css turns it. */
  function print(begins) {
    if (isPrinting === begins || root.dataset.theme !== "dark") { return; }
    isPrinting = begins;
    root.dataset.bsTheme = begins ? "light" : "dark";
    drawCharts((gd) => !gd._fullLayout.map);
  }
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));

  /* The first page offers the tour to whom assets/tour.js will offer it, so that nothing moves later. */
  function isNew() {
    if (window.atlasPlace.path() !== "/" || /[?&]tour=/.test(window.location.search) || window.self !== window.top) { return false; }
    try { return !window.localStorage.getItem("corridor-atlas-tour"); } catch (error) { return true; }
  }

  root.toggleAttribute("data-new-here", isNew());
  apply();
  window.atlasTheme = { themed, carry, light: (gd) => lights.get(gd) };
})();
