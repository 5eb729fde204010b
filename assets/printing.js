/* A map on paper is the map on the screen, made small enough for A4: WebGL cannot draw it anew while a print waits. */
(function () {
  "use strict";
  const WIDEST = 690; // pixels between the margins of A4 upright
  const WIDEST_STRIP = 1030; // and lying, where a strip is printed

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".map").forEach((map) => {
      const { clientWidth: width, clientHeight: height } = map;
      if (!width) { return; }
      map.style.setProperty("--shown-width", width + "px");
      map.style.setProperty("--shown-height", height + "px");
      map.style.setProperty("--printed", Math.min(1, WIDEST / width));
    });
    document.querySelectorAll(".strip-sheet .strip").forEach((strip) => {
      if (strip.clientWidth) { strip.style.setProperty("--printed", Math.min(1, WIDEST_STRIP / strip.clientWidth)); }
    });
  });
})();
