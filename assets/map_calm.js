/* While a map loads it is drawn a few times a second only, and at once when all is there. Each of its many files
   would have it drawn anew, and without a graphics card a frame costs two cores a tenth of a second that loading
   then lacks. Whoever moves the map meanwhile sees it move. */
(function () {
  "use strict";
  const PAUSE = 300; // milliseconds
  const LONGEST = 10000;
  const ENDS = ["idle", "movestart", "mousedown", "touchstart", "wheel"];

  window.atlasCalm = (map) => {
    let waiting = 0;
    const end = (event) => {
      clearTimeout(waiting);
      clearTimeout(late);
      ENDS.forEach((event) => map.off(event, end));
      delete map.triggerRepaint;
      if (!event || event.type !== "idle") { map.triggerRepaint(); }
    };
    const repaint = () => { waiting = 0; Object.getPrototypeOf(map).triggerRepaint.call(map); };
    const late = setTimeout(() => end(), LONGEST);
    map.triggerRepaint = () => {
      if (map.loaded()) { end(); } else { waiting = waiting || setTimeout(repaint, PAUSE); }
    };
    ENDS.forEach((event) => map.on(event, end));
  };
})();
