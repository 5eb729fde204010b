/* Puts the live page in the place of the one that came with the address (dashboard/first_page.py), once it has a
   map; the picture of the map stays over it until the map is painted. */
(function () {
  "use strict";
  const first = document.querySelector(".first-page");
  const live = document.getElementById("react-entry-point");
  if (!first || !live) { return; }

  const watch = new MutationObserver(() => {
    const frame = live.querySelector(".map");
    if (frame || live.querySelector("#content h1")) { change(frame); }
  });

  function change(frame) {
    watch.disconnect();
    const picture = first.querySelector(".picture");
    const focused = first.contains(document.activeElement) && document.activeElement.getAttribute("href");
    first.remove();
    if (focused) { [...live.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === focused)?.focus(); }
    if (frame && picture) { cover(frame, picture); }
  }

  /* Over the map, under its buttons. */
  function cover(frame, picture) {
    frame.append(picture);
    const painted = new MutationObserver(() => {
      if (frame.isConnected && !frame.querySelector("[data-painted]")) { return; }
      painted.disconnect();
      picture.remove();
    });
    painted.observe(live, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-painted"] });
  }

  watch.observe(live, { childList: true, subtree: true });
})();
