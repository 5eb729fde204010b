/* An element of a page with its attributes, listeners (onclick …) and what stands inside; false and undefined
   leave an attribute out. */
(function () {
  "use strict";
  window.atlasElement = function (tag, given, ...inside) {
    const element = document.createElement(tag);
    Object.entries(given || {}).forEach(([name, value]) => {
      if (name.startsWith("on")) { element.addEventListener(name.slice(2), value); return; }
      if (value === false || value === undefined) { return; }
      element.setAttribute(name, value === true ? "" : value);
    });
    element.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined));
    return element;
  };
})();
