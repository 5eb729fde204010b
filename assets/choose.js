/* Choosing and pointing at things of the atlas, on any page.
   data-choose="site:J-003" on a button selects a thing, "" nothing; with data-fly the map goes there.
   data-light="node:aktau_port" lights the thing up on the map and wherever else it stands while the pointer or
   the focus is on it, several keys with spaces between; data-spot="50.2,43.6" is where it lies. */
(function () {
  "use strict";

  const pick = (choice) => {
    const store = document.querySelector(".page-map") ? "page-picked" : "picked";
    window.dash_clientside.set_props(store, { data: Object.assign({ at: Date.now() }, choice) });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-choose]");
    if (!button) { return; }
    pick({ keys: button.dataset.choose ? [button.dataset.choose] : [], fly: "fly" in button.dataset });
  });

  const keysOf = (element) => element.dataset.light.split(" ");
  const spotOf = (element) => element.dataset.spot.split(",").map(Number);

  /* Marks every row and every point of a strip that stands for one of these keys. */
  function show(keys) {
    const wanted = new Set(keys);
    document.querySelectorAll("[data-light]").forEach((element) => {
      element.classList.toggle("lit", keysOf(element).some((key) => wanted.has(key)));
    });
    document.querySelectorAll(".strip .js-plotly-plot").forEach((gd) => { showOnStrip(gd, wanted); });
  }

  function showOnStrip(gd, wanted) {
    const points = [];
    (gd.data || []).forEach((trace, curveNumber) => {
      const index = (trace.customdata || []).findIndex((key) => wanted.has(key));
      if (index >= 0 && trace.hoverinfo !== "skip") { points.push({ curveNumber, pointNumber: index }); }
    });
    if (points.length) { window.Plotly.Fx.hover(gd, points.slice(0, 1)); } else { window.Plotly.Fx.unhover(gd); }
  }

  function light(keys) {
    const spots = keys.flatMap((key) => {
      const element = document.querySelector(`[data-spot][data-light="${window.CSS.escape(key)}"]`);
      return element ? [spotOf(element)] : [];
    });
    document.dispatchEvent(new CustomEvent("atlas:light", { detail: { keys, spots } }));
  }

  ["pointerover", "focusin"].forEach((type) => document.addEventListener(type, (event) => {
    const element = event.target.closest && event.target.closest("[data-light]");
    if (!element) { return; }
    light(keysOf(element));
    document.querySelectorAll(".strip .js-plotly-plot").forEach((gd) => {
      showOnStrip(gd, new Set(keysOf(element)));
    });
  }));
  ["pointerout", "focusout"].forEach((type) => document.addEventListener(type, (event) => {
    if (event.target.closest && event.target.closest("[data-light]")) { light([]); }
  }));

  document.addEventListener("atlas:over", (event) => show(event.detail));

  /* A strip tells what is under the pointer as the map does. */
  const known = new WeakSet();
  function listen(gd) {
    if (known.has(gd) || !gd.on) { return; }
    known.add(gd);
    gd.on("plotly_hover", (event) => {
      const key = event.points[0] && event.points[0].customdata;
      if (event.event && key) { light([].concat(key)); }
    });
    gd.on("plotly_unhover", (event) => { if (event.event) { light([]); } });
    gd.on("plotly_click", (event) => {
      const key = event.points[0] && event.points[0].customdata;
      if (key) { pick({ keys: [].concat(key), fly: true }); }
    });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    choose: {
      pick,
      /* A strip lies where the window is wide enough for its names, and stands upright on a phone. */
      shape: () => {
        const width = Math.floor(document.querySelector(".strip").clientWidth / 20) * 20;
        return `${width > 700 ? "lying" : "upright"}:${width}`;
      },
      /* Called with each new figure of a strip; Plotly may not have drawn it yet. */
      listen: (figure) => {
        if (!figure) { return; }
        const look = (tries) => {
          const strips = [...document.querySelectorAll(".strip .js-plotly-plot")];
          strips.forEach(listen);
          if (tries && !strips.length) { window.requestAnimationFrame(() => look(tries - 1)); }
        };
        look(300);
      },
    },
  });
})();
