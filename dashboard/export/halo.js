/* Loaded by the Chrome that draws files on the server: shadows around names become strokes, which stay
   vectors in a PDF and which programs for drawing understand. vector_file.py and assets/export.js do the
   same to an SVG. */
(function () {
  "use strict";
  const HALO = "paint-order: stroke; stroke: #ffffff; stroke-width: 2.4px; stroke-linejoin: round;";
  const BEGIN = "data:image/svg+xml,";
  const draw = window.Plotly.toImage;
  window.Plotly.toImage = (figure, options) => draw(figure, options).then((image) => {
    if (typeof image !== "string" || !image.startsWith(BEGIN)) { return image; }
    const svg = decodeURIComponent(image.slice(BEGIN.length));
    return BEGIN + encodeURIComponent(svg.replace(/text-shadow:[^;"]*;?/g, HALO));
  });
})();
