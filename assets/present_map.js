/* The one live map of a presentation. All its geometry is held here, so that it needs no server; assets/map.js
   moves and paints it. */
(function () {
  "use strict";
  const { element } = window.atlasPresent;
  const ENLARGED = { wide: 1.6, tall: 2.4 }; // letters of a map are made for a desk
  const CONFIG = { displaylogo: false, showSendToCloud: false, displayModeBar: false, scrollZoom: true, responsive: false };
  const addresses = {}; // by name: blob: addresses that the workers of the map read
  const inside = {}; // by name, in a single file, whose workers may read none: the geometry itself
  const done = {};
  let frame = null;
  let now = "";
  let isReady = false;
  let whenMade = null;

  /* A tap on a mark says what it is; there are no cards to open. */
  window.dash_clientside = Object.assign({}, window.dash_clientside, { choose: { pick: () => {} } });

  /* A page opened from a folder may start classic workers only. MapLibre asks for one of modules, whose only
     line imports its program, and waits for ever: it gets a classic worker of that program, which exports what
     nobody asks for. */
  if (window.location.protocol === "file:") {
    const [Parts, Own] = [window.Blob, window.Worker];
    let program = "";
    window.Blob = function (parts, options) {
      const isProgram = options && options.type === "text/javascript" && String(parts[0]).length > 10000;
      if (isProgram) { program = URL.createObjectURL(new Parts([parts[0].replace(/export\s*\{[^{}]*\};?\s*(\/\*[\s\S]*)?$/, "")], options)); }
      return new Parts(parts, options);
    };
    window.Blob.prototype = Parts.prototype;
    window.Worker = function (asked, options) { return new Own(program || asked, { ...options, type: "classic" }); };
  }

  const graph = () => frame.querySelector("#map-graph");

  /* Keeps one geometry, from the file itself or from the server. */
  async function hold(name, url) {
    if (addresses[name]) { return; }
    const part = document.getElementById("geometry-" + name);
    let text = part && part.textContent;
    if (!text) {
      const answer = await fetch(url);
      if (!answer.ok) { throw new Error(String(answer.status)); }
      text = await answer.text();
    }
    addresses[name] = URL.createObjectURL(new Blob([text], { type: "application/geo+json" }));
    if (part) { inside[name] = JSON.parse(text); part.remove(); }
  }

  const ground = (name) => inside[name] || addresses[name];

  /* The figure with held geometry in the place of names. */
  function ownFigure({ data, layout }, width, height) {
    const { style } = layout.map;
    const sources = Object.fromEntries(Object.entries(style.sources).map(([name, source]) =>
      [name, typeof source.data === "string" ? { ...source, data: ground(source.data) } : source]));
    const meta = { ...layout.meta, sites: { ...layout.meta.sites, url: addresses.sites } };
    return {
      data: data.map((trace) => trace.geojson ? { ...trace, geojson: ground(trace.geojson) } : trace),
      layout: { ...layout, width, height, meta, map: { ...layout.map, style: { ...style, sources } } },
      config: CONFIG,
    };
  }

  function canDraw() {
    if (window.atlasPresent.still) { return false; }
    try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch (error) { return false; }
  }

  /* Makes the map in the room that a scene of it has; `words` are those of the player. */
  function make(figure, stage, room, shape, words) {
    if (!canDraw()) { document.documentElement.classList.add("no-webgl"); return Promise.resolve(false); }
    whenMade = whenMade || begin(figure, stage, room, shape, words).catch(() => false);
    return whenMade;
  }

  async function begin(figure, stage, room, shape, words) {
    const enlarged = ENLARGED[shape];
    const [width, height] = [Math.round(room.width / enlarged), Math.round(room.height / enlarged)];
    const button = (move, sign, title) => element("button", { type: "button", "data-map-move": move, title, "aria-label": title, text: sign });
    frame = element("div", { class: "live", "data-shown": "false", inert: true },
      element("div", { class: "map", role: "group", "aria-label": words.explore },
        element("div", { id: "map", class: "dash-graph" }, element("div", { id: "map-graph" })),
        element("div", { class: "map-moves" }, button("in", "+", words.zoomIn), button("out", "−", words.zoomOut), button("home", "⌂", words.wholeMap)),
        element("div", { class: "scale-bar", "aria-hidden": "true", "data-unit": words.km })));
    const map = frame.firstChild;
    Object.assign(frame.style, { left: room.left + "px", top: room.top + "px", width: room.width + "px", height: room.height + "px" });
    Object.assign(map.style, { width: width + "px", height: height + "px", transform: `scale(${room.width / width}, ${room.height / height})` });
    stage.append(frame);
    const { data, layout, config } = ownFigure(figure, width, height);
    await window.Plotly.react(graph(), { data, layout, config });
    window.dash_clientside.map.attach({ layout: {} });
    await painted();
    isReady = true;
    return true;
  }

  /* Until the map has nothing left to draw; map.js says so. */
  function painted() {
    const box = frame.querySelector("#map");
    return new Promise((ready) => {
      if (box.dataset.painted) { ready(); return; }
      const watch = new MutationObserver(() => { if (box.dataset.painted) { watch.disconnect(); ready(); } });
      watch.observe(box, { attributes: true, attributeFilter: ["data-painted"] });
    });
  }

  /* As sharp as the screen is, however the stage is scaled. */
  function sharpen(scale) {
    if (!isReady) { return; }
    const share = frame.getBoundingClientRect().width / frame.querySelector(".map").clientWidth || scale;
    change([{ sharpness: Math.min(Math.max(share * window.devicePixelRatio, 0.5), 3) }]);
  }

  const change = (changes) => window.dash_clientside.map.change(changes);

  /* Only what differs from what was done last. */
  function newOnly(changes) {
    return changes.filter((one) => {
      const key = one.layer ? "layer:" + one.layer : "source:" + one.source;
      const text = JSON.stringify(one);
      const isNew = done[key] !== text;
      done[key] = text;
      return isNew;
    });
  }

  /* Shows a scene: flying there from a scene of the map, at once from any other. */
  function show(scene, language, labels, isFlight) {
    if (!isReady) { return; }
    const { map } = scene;
    const gd = graph();
    const box = frame.querySelector("#map");
    delete box.dataset.painted;
    if (now !== language) { speak(gd, language, labels); }
    const changes = newOnly(map.changes);
    const shades = JSON.stringify([map.regions, map.totals]);
    if (done.shades !== shades) {
      done.shades = shades;
      // Anew and not changed in place: Plotly looks for what differs from before.
      const figure = window.atlasTheme.light(gd);
      const own = [map.regions, map.totals];
      window.Plotly.react(gd, { ...figure, data: figure.data.map((trace, number) => ({ ...trace, ...own[number] })) });
    }
    const still = !isFlight || frame.dataset.shown !== "true";
    change([...changes, { view: map.camera || map.home, home: map.home, still }]);
    frame.dataset.scene = scene.id;
    frame.querySelector(".map").setAttribute("aria-label", scene.alt);
    const reveal = () => { if (frame.dataset.scene === scene.id) { frame.dataset.shown = "true"; } };
    if (still) { painted().then(reveal); } else { reveal(); }
  }

  function speak(gd, language, { meta, labels }) {
    now = language;
    const own = { ...meta, sites: { ...meta.sites, url: addresses.sites } };
    gd.layout.meta = own;
    gd._fullLayout.meta = own;
    window.atlasTheme.light(gd).layout.meta = own; // for the next time that all is drawn
    change(Object.entries(labels).map(([label, text]) => ({ label, text })));
  }

  function hide() {
    if (!frame) { return; }
    frame.dataset.shown = "false";
    frame.dataset.scene = "";
  }

  function explore(isOn) {
    if (!frame) { return; }
    frame.inert = !isOn;
    frame.classList.toggle("explored", isOn);
    const canvas = frame.querySelector("canvas");
    if (isOn && canvas) { canvas.focus(); }
  }

  Object.assign(window.atlasPresent, { map: { hold, make, show, hide, explore, sharpen, isReady: () => isReady, isShown: () => Boolean(frame) && frame.dataset.shown === "true" } });
})();
