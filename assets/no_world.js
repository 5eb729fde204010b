/* Plotly's geo traces ask a server outside for a map of the world although ours bring their own ground: an
   empty one, given here before Plotly draws, keeps them at home. Pages, files of HTML and the program that
   draws on the server all load this. */
(function () {
  "use strict";
  const LAYERS = ["coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"];
  const nothing = () => ({ type: "GeometryCollection", geometries: [] });
  const assets = (window.PlotlyGeoAssets = window.PlotlyGeoAssets || {});
  assets.topojson = assets.topojson || {};
  ["world_110m", "world_50m"].forEach((name) => {
    assets.topojson[name] = { type: "Topology", arcs: [], objects: Object.fromEntries(LAYERS.map((l) => [l, nothing()])) };
  });
})();
