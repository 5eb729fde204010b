/* The screen map in the browser: what Plotly's map traces have no call for.
   Carries out the server's instructions on the map style, says what a mark is under the pointer, and
   reports what was clicked. It reaches the MapLibre object through Plotly's private _subplot: only here. */
(function () {
  "use strict";

  const POINTS = ["sites", "clusters", "crossings"];
  const FLOWS = ["flows"];
  const STATUSES = ["operating", "under-construction", "planned", "study"];
  const LINES = STATUSES.map((s) => "corridors-" + s).concat(STATUSES.map((s) => "energy-" + s));
  const KEY_OF_SOURCE = {
    sites: ["site", "site_id"], crossings: ["crossing", "crossing_id"],
    segments: ["segment", "segment_id"], energy: ["energy", "line_id"], flows: ["flow", "flow_id"],
  };
  const known = new WeakSet();
  let markClick = -1;
  let flight = null;

  function graph() { return document.querySelector("#map .js-plotly-plot"); }

  function mapOf(gd) {
    const layout = gd && gd._fullLayout;
    return layout && layout.map && layout.map._subplot ? layout.map._subplot.map : null;
  }

  /* Calls `then(map, gd)` once the map's style can be changed. */
  function whenReady(then, tries) {
    const gd = graph();
    const map = mapOf(gd);
    if (map && map.getLayer("sites")) { then(map, gd); return; }
    if ((tries || 0) < 600) { requestAnimationFrame(() => whenReady(then, (tries || 0) + 1)); }
  }

  /* The sites are clustered, so a filter must change their data: all of them are fetched once and kept here. */
  const everySite = {};
  function sitesAt(url) {
    everySite[url] = everySite[url] || fetch(url).then((answer) => answer.json());
    return everySite[url];
  }

  /* Where a site lies; nothing where it is gone. */
  async function siteOf(map, meta, id) {
    if (window.atlasTiles.isTiled(map, "sites")) { return window.atlasTiles.shapeOf(meta, "sites", id); }
    const found = (await sitesAt(meta.sites.url)).features.find(({ properties }) => properties.site_id === id);
    return found && found.geometry;
  }

  /* Asked for the same sites again, by the browser's own filter and then by the server, it changes nothing. */
  const keptSites = new WeakMap();
  async function keepSites(map, url, ids) {
    if (window.atlasTiles.isTiled(map, "sites")) { return; }
    const asked = ids ? [...ids].sort().join() : "all";
    if ((keptSites.get(map) || "all") === asked) { return; }
    keptSites.set(map, asked);
    const all = await sitesAt(url);
    if (keptSites.get(map) !== asked) { return; } // a newer choice came meanwhile
    const kept = ids && new Set(ids);
    const features = kept ? all.features.filter((site) => kept.has(site.properties.site_id)) : all.features;
    drawOnce(map, "sites");
    map.getSource("sites").setData({ type: "FeatureCollection", features });
    map.getContainer().dataset.sites = features.length;
  }

  /* New data of a source are drawn when their tiles are ready, as they will stay, in one frame. MapLibre would
     draw the old ones again while it waits, place the names once more and fade them in; without a graphics card
     each frame costs 40 ms of two cores. `triggerRepaint` is the map's own again when the tiles are there, or
     after a while. */
  function drawOnce(map, source) {
    if (Object.hasOwn(map, "triggerRepaint")) { return; }
    const fade = map._fadeDuration;
    let isTaken = false;
    const look = (event) => {
      if (event.sourceId !== source) { return; }
      isTaken = isTaken || event.sourceDataType === "content";
      if (isTaken && map.isSourceLoaded(source)) { draw(); }
    };
    const draw = () => {
      clearTimeout(late);
      map.off("sourcedata", look);
      delete map.triggerRepaint;
      map.once("render", () => {
        map._placementDirty = false; // without fading all names have been placed in this frame
        map._fadeDuration = fade;
      });
      map.triggerRepaint();
    };
    const late = setTimeout(draw, 500);
    map._fadeDuration = 0;
    map.triggerRepaint = () => {};
    map.on("sourcedata", look);
  }

  function carryOut(map, change, gd) {
    if (window.atlasTiles.carriesOut(map, change)) { return; }
    if ("keep" in change) { keepSites(map, gd._fullLayout.meta.sites.url, change.keep); return; }
    if (change.fly) { fly(map, change.fly); return; }
    if (change.home) { gd._fullLayout.meta.home = change.home; fly(map, change.home); return; }
    if (change.view) { show(map, gd, change); return; }
    if (change.sharpness) { map.setPixelRatio(change.sharpness); return; }
    if (change.label) { map.setLayoutProperty(change.label, "text-field", change.text); return; }
    if (change.source) { given(map).data[change.source] = change.data; setData(map, change.source, change.data); return; }
    if ("filter" in change) { map.setFilter(change.layer, change.filter); }
    if ("visible" in change) {
      map.setLayoutProperty(change.layer, "visibility", change.visible ? "visible" : "none");
    }
    if (change.paint) {
      given(map).paint[change.layer] = { ...given(map).paint[change.layer], ...change.paint };
      paint(map, change.layer, change.paint);
    }
  }

  /* A scene of a presentation: bounds or [lon, lat, zoom], flown to, or at once where it was out of sight. */
  function show(map, gd, { view, home, still }) {
    gd._fullLayout.meta.home = home;
    const [lng, lat, zoom] = view;
    const camera = view.length === 3 ? { center: new (map.getCenter().constructor)(lng, lat), zoom }
      : map.cameraForBounds([view.slice(0, 2), view.slice(2)], { padding: 12 });
    if (!still) { flyTo(map, camera); return; }
    stay();
    map.stop();
    map.jumpTo({ center: camera.center, zoom: camera.zoom }, { originalEvent: new Event("scene") });
  }

  /* Colours come as those of the light theme; what the server has changed is kept for a change of the theme. */
  const everGiven = new WeakMap();
  function given(map) {
    if (!everGiven.has(map)) { everGiven.set(map, { paint: {}, data: {} }); }
    return everGiven.get(map);
  }

  function paint(map, layer, values) {
    Object.entries(window.atlasTheme.themed(values)).forEach(([name, value]) => map.setPaintProperty(layer, name, value));
  }

  function setData(map, source, data) { map.getSource(source).setData(window.atlasTheme.themed(data)); }

  /* Paints the map in the theme that now is. Plotly compares styles and would load a changed one anew. */
  document.addEventListener("atlas:theme", () => {
    const gd = graph();
    const map = mapOf(gd);
    const figure = gd && window.atlasTheme.light(gd);
    if (!map || !figure || !map.getLayer("sites")) { return; }
    const { style } = window.atlasTiles.placed(figure.layout).map;
    style.layers.filter(({ id }) => map.getLayer(id)).forEach(({ id, paint: own }) => {
      paint(map, id, { ...own, ...given(map).paint[id] });
    });
    ["flows", "flow-names"].forEach((name) => setData(map, name, given(map).data[name] || style.sources[name].data));
    const subplot = gd._fullLayout.map._subplot;
    subplot.styleObj = { ...subplot.styleObj, style: window.atlasTheme.themed(style) };
  });

  function under(map, point, layers, reach) {
    const box = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const present = layers.filter((id) => map.getLayer(id));
    return map.queryRenderedFeatures(box, { layers: present });
  }

  function marksAt(map, point, reach) {
    const found = [POINTS, FLOWS, LINES].reduce(
      (marks, layers) => (marks.length ? marks : under(map, point, layers, reach)), []);
    const byKey = new Map();
    found.forEach((feature) => {
      if (feature.properties.cluster) { byKey.set("cluster:" + feature.properties.cluster_id, feature); return; }
      const [kind, id] = KEY_OF_SOURCE[feature.source];
      const own = feature.properties[id]; // lines that are run together far away are those of a corridor
      const key = own ? kind + ":" + own : "corridor:" + feature.properties.corridors.split(";")[0];
      if (!byKey.has(key)) { byKey.set(key, feature); }
    });
    return byKey;
  }

  function corridorsOf(marks) {
    const lines = [...marks.values()].filter((feature) => feature.source === "segments");
    return lines.flatMap((line) => line.properties.corridors.split(";").map((id) => "corridor:" + id));
  }

  function nameOf(properties, language) {
    return properties["name_" + language] || properties.name_en || properties.name_ru || "";
  }

  function describe(feature, words) {
    const p = feature.properties;
    const status = words.status[p.status] || p.status;
    if (feature.source === "sites") {
      return [words.kind[p.kind], status, p.is_approximate ? words.approximate : ""];
    }
    if (feature.source === "crossings") { return [words.crossing, words.mode[p.mode], status]; }
    if (feature.source === "flows") { return [p.text]; }
    if (feature.source === "energy") { return [words.carrier[p.carrier], status, words.schematic]; }
    return [words.mode[p.mode], status, p.is_schematic ? words.schematic : ""];
  }

  /* A click on a cluster comes nearer; when its sites lie on one spot it offers them to choose from. */
  async function openCluster(map, feature) {
    stay();
    if (window.atlasTiles.isTiled(map, "sites")) { window.atlasTiles.openCluster(map, feature, report, move); return; }
    const source = map.getSource("sites");
    const { cluster_id: id, point_count: count } = feature.properties;
    const zoom = await source.getClusterExpansionZoom(id);
    if (zoom > 14) {
      const leaves = await source.getClusterLeaves(id, Math.min(count, 12), 0);
      report(leaves.map((leaf) => "site:" + leaf.properties.site_id));
      return;
    }
    const [lon, lat] = feature.geometry.coordinates;
    move(map, { center: [lon, lat], zoom: Math.min(zoom + 0.4, 15) });
  }

  function move(map, camera) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map[still ? "jumpTo" : "flyTo"](Object.assign({ duration: 900 }, camera), { originalEvent: new Event("fly") });
  }

  /* West, south, east, north; a point is not magnified beyond the precision of the places. */
  function fly(map, bounds) {
    const [west, south, east, north] = bounds;
    flyTo(map, map.cameraForBounds([[west, south], [east, north]], { padding: 60, maxZoom: 8 }));
  }

  function flyTo(map, { center, zoom }) {
    flight = { center, zoom, tries: 0 };
    move(map, { center, zoom });
  }

  /* Plotly sets its own camera whenever it draws anew, which stops a flight: take off again, however slow the
     machine is, until it is there, the reader moves the map, or it cannot come there. */
  function flyOn(map) {
    if (!flight || map.isMoving()) { return; }
    const { center, zoom } = flight;
    const isThere = Math.abs(map.getZoom() - zoom) < 0.05 && map.getCenter().distanceTo(center) < 5000;
    flight.tries += 1;
    if (isThere || flight.tries > 8) { flight = null; } else { move(map, { center, zoom }); }
  }

  const stay = () => { flight = null; };

  function tooltip(gd) {
    let box = gd.parentNode.querySelector(".map-tooltip");
    if (!box) {
      box = document.createElement("div");
      box.className = "map-tooltip";
      box.setAttribute("role", "status");
      gd.parentNode.appendChild(box);
    }
    return box;
  }

  function hideTooltip(gd) {
    tellOver([]);
    gd.classList.remove("over-mark");
    tooltip(gd).hidden = true;
  }

  function showTooltip(gd, map, point) {
    const marks = marksAt(map, point, 4);
    const region = marks.size ? null : window.atlasTiles.regionAt(map, point);
    map.getCanvas().style.cursor = marks.size || region ? "pointer" : "";
    if (!marks.size && !region) { hideTooltip(gd); return; }
    tellOver([...marks.keys(), ...corridorsOf(marks)]);
    const meta = gd._fullLayout.meta;
    const [feature] = marks.values();
    const box = tooltip(gd);
    box.textContent = "";
    const title = document.createElement("strong");
    const line = document.createElement("div");
    if (region) {
      title.textContent = nameOf(region, meta.language);
      line.textContent = window.atlasTiles.saidOf(map, meta, region.region_id);
    } else if (feature.properties.cluster) {
      title.textContent = meta.words.sites.replace("{n}", String(feature.properties.point_count));
    } else {
      title.textContent = nameOf(feature.properties, meta.language);
      line.textContent = describe(feature, meta.words).filter(Boolean).join(" · ");
    }
    box.append(title, line);
    if (feature && feature.source === "segments") {
      const corridors = document.createElement("div");
      corridors.textContent = feature.properties.corridors.split(";").map((id) => meta.words.corridor[id]).join("; ");
      box.append(corridors);
    }
    if (marks.size > 1) {
      const more = document.createElement("div");
      more.textContent = meta.words.more.replace("{n}", String(marks.size - 1));
      box.append(more);
    }
    box.hidden = false;
    gd.classList.add("over-mark");
    const left = Math.min(point.x + 14, gd.clientWidth - box.offsetWidth - 6);
    const top = point.y + 18 + box.offsetHeight > gd.clientHeight ? point.y - box.offsetHeight - 12 : point.y + 18;
    box.style.transform = `translate(${Math.max(left, 4)}px, ${top}px)`;
  }

  function report(keys) {
    window.dash_clientside.choose.pick({ keys: keys.slice(0, 12) });
  }

  /* Lights up lines and spots as long as something stands for them under the pointer: corridors, segments,
     energy lines, flows, and spots as [lon, lat]. */
  function light(map, lit) {
    const ids = (kind) => lit.keys.filter((key) => key.startsWith(kind + ":")).map((key) => key.slice(kind.length + 1));
    const corridors = ids("corridor").map((id) => ["in", `;${id};`, ["concat", ";", ["get", "corridors"], ";"]]);
    if (window.atlasTiles.isTiled(map, "segments")) {
      window.atlasTiles.lightLines(map, graph()._fullLayout.meta, ids("segment"), corridors);
    } else { map.setFilter("lit-line", ["any", ["in", ["get", "segment_id"], ["literal", ids("segment")]], ...corridors]); }
    map.setFilter("lit-energy", ["in", ["get", "line_id"], ["literal", ids("energy")]]);
    map.setFilter("lit-flow", ["in", ["get", "flow_id"], ["literal", ids("flow")]]);
    const spot = (point) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } });
    map.getSource("lit").setData({ type: "FeatureCollection", features: lit.spots.map(spot) });
  }

  document.addEventListener("atlas:light", (event) => {
    const map = mapOf(graph());
    if (map && map.getLayer("lit-line")) { light(map, event.detail); }
  });

  /* Comes along with who walks a list or a way by keyboard: to a spot out of sight, or as near as `zoom` says;
     a site of the grid is named by its id alone, and lit up here. */
  document.addEventListener("atlas:follow", async (event) => {
    const [gd, { site, zoom }] = [graph(), event.detail];
    const map = mapOf(gd);
    if (!map || !map.getLayer("lit-line")) { return; }
    let { spot } = event.detail;
    if (site) {
      const found = await siteOf(map, gd._fullLayout.meta, site);
      if (!found) { return; }
      spot = found.coordinates;
      light(map, { keys: [], spots: [spot] });
    }
    if (zoom || !map.getBounds().contains(spot)) {
      const [lng, lat] = spot;
      flyTo(map, { center: new (map.getCenter().constructor)(lng, lat), zoom: Math.max(map.getZoom(), zoom || 0) });
    }
  });

  /* Tells the page what is under the pointer, so that its lists and strips light up too. */
  let over = "";
  function tellOver(keys) {
    if (keys.join() === over) { return; }
    over = keys.join();
    document.dispatchEvent(new CustomEvent("atlas:over", { detail: keys }));
  }

  /* Plotly keeps a camera through updates only when a reader moved it: originalEvent marks the move as that. */
  function fitHome(gd, map, isFirst) {
    const home = gd._fullLayout.meta.home;
    const linked = /^(-?\d+\.?\d*),(-?\d+\.?\d*),(\d+\.?\d*)$/.exec(
      new URLSearchParams(window.location.search).get("camera") || "");
    if (linked && isFirst) {
      const [lng, lat, zoom] = linked.slice(1).map(Number);
      if (Math.abs(lng) <= 180 && Math.abs(lat) < 85 && zoom <= 20) {
        map.jumpTo({ center: [lng, lat], zoom }, { originalEvent: new Event("link") });
        return;
      }
    }
    const camera = map.cameraForBounds([home.slice(0, 2), home.slice(2)], { padding: 12 });
    map.jumpTo(camera, { originalEvent: new Event("home") });
  }

  /* A round distance that fits the bar, at the latitude of the middle of the map. */
  function drawScale(map, gd) {
    const bar = gd.parentNode.parentNode.querySelector(".scale-bar");
    if (!bar) { return; }
    const y = gd.clientHeight / 2;
    const metres = map.unproject([0, y]).distanceTo(map.unproject([100, y]));
    const power = 10 ** Math.floor(Math.log10(metres / 1000));
    const km = [5, 2, 1].map((step) => step * power).find((length) => length <= metres / 1000);
    bar.style.width = (100 * km * 1000) / metres + "px";
    const shown = new Intl.NumberFormat(gd._fullLayout.meta.language).format(km);
    bar.textContent = bar.dataset.unit.replace("{n}", shown);
  }

  const MOVES = {
    in: (map) => map.zoomIn({}, { originalEvent: new Event("zoom") }),
    out: (map) => map.zoomOut({}, { originalEvent: new Event("zoom") }),
    home: (map, gd) => fitHome(gd, map),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-map-move]");
    if (button) { stay(); whenReady((map, gd) => MOVES[button.dataset.mapMove](map, gd)); }
  });

  function attach(map, gd) {
    if (known.has(map)) { return; }
    known.add(map);
    const coarse = window.matchMedia("(pointer: coarse)").matches;
    map.on("mousemove", (event) => showTooltip(gd, map, event.point));
    map.on("mouseout", () => hideTooltip(gd));
    map.on("movestart", () => hideTooltip(gd));
    map.on("click", (event) => {
      const marks = marksAt(map, event.point, coarse ? 12 : 5);
      const region = marks.size ? null : window.atlasTiles.regionAt(map, event.point);
      if (region) { report(["region:" + region.region_id]); }
      if (!marks.size) { return; }
      markClick = event.originalEvent.timeStamp;
      const cluster = [...marks.values()].find((feature) => feature.properties.cluster);
      if (cluster) { openCluster(map, cluster); } else { report([...marks.keys()]); }
    });
    // A click on a mark is not a click on the region under it; Plotly reports both, from the same event.
    gd.on("plotly_click", (event) => setTimeout(() => {
      const point = event.points[0];
      if (point && point.location && event.event.timeStamp !== markClick) { report(["region:" + point.location]); }
    }));
    if (coarse && map.cooperativeGestures) {
      map._locale = Object.assign({}, map._locale, gd._fullLayout.meta.gestures);
      map.cooperativeGestures.enable();
    }
    // The canvas has the focus of the keyboard: it is named as its frame is, in the reader's language.
    const frame = gd.closest("[aria-describedby]");
    ["aria-label", "aria-describedby"].forEach((name) => frame && map.getCanvas().setAttribute(name, frame.getAttribute(name)));
    fitHome(gd, map, true);
    if (gd._fullLayout.meta.sites.keep) { carryOut(map, gd._fullLayout.meta.sites, gd); }
    gd.on("plotly_afterplot", () => flyOn(map));
    map.on("moveend", () => setTimeout(() => flyOn(map)));
    ["dragstart", "wheel", "touchstart"].forEach((begun) => map.on(begun, stay));
    map.getCanvas().addEventListener("keydown", stay);
    map.on("move", () => drawScale(map, gd));
    drawScale(map, gd);
    if (!window.atlasTiles.isTiled(map, "sites")) { sitesAt(gd._fullLayout.meta.sites.url); }
    map.on("idle", () => { if (!window.atlasCalm.isUnpainted(map)) { gd.parentNode.dataset.painted = "true"; } });
    window.atlasCalm.calm(map, gd);
    map.triggerRepaint();
  }

  /* The map of a browser without WebGL stands still, but answers a click. */
  function whenPrinted(tries) {
    const gd = graph();
    if (gd && gd._fullLayout && gd._fullLayout.geo) {
      if (!known.has(gd)) {
        known.add(gd);
        gd.on("plotly_click", (event) => {
          const key = event.points[0] && event.points[0].customdata;
          if (key) { report([].concat(key)); }
        });
      }
      gd.parentNode.dataset.painted = "true";
    } else if ((tries || 0) < 600) { requestAnimationFrame(() => whenPrinted((tries || 0) + 1)); }
  }

  function canDraw() {
    try { return Boolean(document.createElement("canvas").getContext("webgl2")); } catch (error) { return false; }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    map: {
      probe: () => {
        document.documentElement.classList.toggle("no-webgl", !canDraw());
        const frame = document.querySelector(".map");
        return canDraw() ? "screen" : `paper:${frame.clientWidth}x${frame.clientHeight}`;
      },
      camera: () => {
        const map = mapOf(graph());
        if (!map) { return ""; }
        const { lng, lat } = map.getCenter();
        return [lng.toFixed(3), lat.toFixed(3), map.getZoom().toFixed(2)].join(",");
      },
      /* The camera of a map that was moved from where it opens, "" of any other. */
      moved: () => {
        const map = mapOf(graph());
        if (!map) { return ""; }
        const home = graph()._fullLayout.meta.home;
        const first = map.cameraForBounds([home.slice(0, 2), home.slice(2)], { padding: 12 });
        const { lng, lat } = map.getCenter();
        const gaps = [map.getZoom() - first.zoom, lng - first.center.lng, lat - first.center.lat];
        return gaps.some((gap) => Math.abs(gap) > 0.05) ? window.dash_clientside.map.camera() : "";
      },
      attach: (figure) => {
        if (figure && figure.layout && figure.layout.geo) { whenPrinted(); } else { whenReady(attach); }
      },
      /* Shows these sites only; a map that is not there yet will be told by its figure. */
      keep: (ids) => {
        const gd = graph();
        const map = mapOf(gd);
        if (known.has(map)) { keepSites(map, gd._fullLayout.meta.sites.url, ids); }
      },
      change: (changes) => {
        if (changes && changes.length) {
          whenReady((map, gd) => changes.forEach((change) => carryOut(map, change, gd)));
        }
      },
    },
  });
})();
