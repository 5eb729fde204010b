/* While a map loads it is drawn a few times a second only, and at once when all is there. Each of its many files
   would have it drawn anew, and without a graphics card a frame costs two cores a tenth of a second that loading
   then lacks. Whoever moves the map meanwhile sees it move.

   Under its picture (assets/first_page.js) nobody sees a map that loads: it goes on, but paints nothing until
   Plotly has put its traces on it. MapLibre has no call for that: its painter is private. */
(function () {
  "use strict";
  const PAUSE = 300; // milliseconds
  const COVERED = 30; // milliseconds: what is not painted costs next to nothing
  const PLOTLY = 300; // milliseconds that Plotly may take from a map at rest to its traces
  const LONGEST = 10000;
  const ENDS = ["movestart", "mousedown", "touchstart", "wheel"];

  const isUnpainted = (map) => Object.hasOwn(map.painter, "render");

  function calm(map, gd) {
    const frame = gd.closest(".map");
    const subplot = gd._fullLayout.map._subplot;
    const isCovered = Boolean(frame && frame.querySelector(".picture")) && !map.loaded();
    let waiting = 0;
    let plotted = 0;
    const end = (event) => {
      [waiting, plotted, late].forEach(clearTimeout);
      ENDS.forEach((name) => map.off(name, end));
      map.off("idle", rest);
      delete map.triggerRepaint;
      delete map.painter.render;
      if (isCovered || !event || event.type !== "idle") { map.triggerRepaint(); }
    };
    const rest = (event) => { if (!isCovered) { end(event); } else { plotted = plotted || setTimeout(end, PLOTLY); } };
    const repaint = () => { waiting = 0; Object.getPrototypeOf(map).triggerRepaint.call(map); };
    const late = setTimeout(end, LONGEST);
    const isPlotted = () => Object.keys(subplot.traceHash).length > 0;
    const isHere = () => (isCovered ? isPlotted() && map.style && map.style.loaded() : map.loaded());
    map.triggerRepaint = () => {
      if (isHere()) { end(); } else { waiting = waiting || setTimeout(repaint, isCovered ? COVERED : PAUSE); }
    };
    ENDS.forEach((name) => map.on(name, end));
    map.on("idle", rest);
    // Tiles that come are read for the style that its painter knows.
    if (isCovered) { map.painter.render = (style) => { map.painter.style = style; }; }
  }

  window.atlasCalm = { calm, isUnpainted };
})();
