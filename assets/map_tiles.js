/* The screen map where large layers travel as vector tiles (dashboard/tiles): a choice of rows is a new address
   of tiles, clusters come from the server, and regions are drawn by the style. assets/map.js calls this. */
(function () {
  "use strict";
  const told = new WeakMap(); // map → what is said of regions, as last told
  const asked = new WeakMap(); // map → address of tiles by source, as last asked for

  /* What workers fetch has no page to be relative to. */
  const whole = (address) => (address.startsWith("/") ? window.location.origin + address : address);

  /* The layout of a figure whose tiles have whole addresses; one without tiles is the same. */
  function placed(layout) {
    const style = layout && layout.map && layout.map.style;
    if (!style || !layout.meta || !layout.meta.tiles) { return layout; }
    const sources = Object.fromEntries(Object.entries(style.sources).map(([name, source]) =>
      [name, source.tiles ? { ...source, tiles: source.tiles.map(whole) } : source]));
    return { ...layout, map: { ...layout.map, style: { ...style, sources } } };
  }

  const isTiled = (map, source) => { const found = map.getSource(source); return Boolean(found) && found.type === "vector"; };

  /* Carries out an instruction of the server about tiles; says whether it was one. */
  function carriesOut(map, change) {
    if (change.told) { told.set(map, change.told); return true; }
    if (!change.tiles) { return false; }
    const before = asked.get(map) || {};
    if (before[change.source] !== change.tiles) {
      asked.set(map, { ...before, [change.source]: change.tiles });
      map.getSource(change.source).setTiles([whole(change.tiles)]);
    }
    return true;
  }

  /* The region at a point of the map: its properties, null where there is none or Plotly draws regions. */
  function regionAt(map, point) {
    if (!map.getLayer("regions")) { return null; }
    const [found] = map.queryRenderedFeatures(point, { layers: ["regions"] });
    return found ? found.properties : null;
  }

  /* What is said of a region: of the metric that is shown, "" where none is. */
  function saidOf(map, meta, id) {
    const { label, unit, missing, values } = told.get(map) || meta.tiles.regions;
    if (!label) { return ""; }
    return `${label}: ${id in values ? `${values[id]} ${unit}`.trim() : missing}`;
  }

  /* A click on a cluster comes nearer; when its sites lie on one spot it offers them to choose from. */
  function openCluster(map, feature, report, move) {
    const { site_ids: ids, bounds } = feature.properties;
    if (ids) { report(ids.split(";").map((id) => "site:" + id)); return; }
    const [west, south, east, north] = bounds.split(",").map(Number);
    const camera = map.cameraForBounds([[west, south], [east, north]], { padding: 60, maxZoom: 15 });
    move(map, { center: camera.center, zoom: Math.max(camera.zoom, Math.min(map.getZoom() + 1, 15)) });
  }

  /* Where one site or segment lies, which may be in no tile that is here; null where it is gone. */
  const shapes = {};
  function shapeOf(meta, layer, id) {
    const address = meta.tiles[layer + "_url"].split("/{z}/")[0] + `/${encodeURIComponent(id)}.geojson`;
    shapes[address] = shapes[address] || window.fetch(address).then((answer) => (answer.ok ? answer.json() : null));
    return shapes[address];
  }

  /* Lights up lines; far away tiles do not tell one segment from another, so these are asked for. */
  let wanted = "";
  async function lightLines(map, meta, segments, corridors) {
    wanted = segments.join();
    const source = map.getSource("lit-lines");
    const here = corridors.length ? map.querySourceFeatures("segments", { sourceLayer: "segments", filter: ["any", ...corridors] }) : [];
    const own = wanted;
    const lines = await Promise.all(segments.map((id) => shapeOf(meta, "segments", id)));
    if (own !== wanted) { return; }
    const drawn = [...here.map(({ geometry }) => geometry), ...lines.filter(Boolean)];
    source.setData({ type: "FeatureCollection", features: drawn.map((geometry) => ({ type: "Feature", properties: {}, geometry })) });
  }

  window.atlasTiles = { placed, isTiled, carriesOut, regionAt, saidOf, openCluster, shapeOf, lightLines };
})();
