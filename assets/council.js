/* The pages of the Council. A slider says its weight while it moves and asks for the ranking when let go. */
(function () {
  "use strict";

  document.addEventListener("input", (event) => {
    const slider = event.target;
    const shown = slider.matches && slider.matches(".weights input[type=range]") && slider.parentNode.querySelector("output");
    if (shown) { shown.textContent = slider.value; }
  });

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.form && field.form.matches(".weights")) { field.form.requestSubmit(); }
  });

  /* A link to a part of the page: the part is there only after Dash has drawn it. */
  const wanted = window.location.hash.slice(1);
  if (wanted && window.atlasPlace.path() === "/council") {
    const look = new MutationObserver(() => {
      const part = document.getElementById(wanted);
      if (part) { look.disconnect(); part.scrollIntoView(); }
    });
    look.observe(document.documentElement, { childList: true, subtree: true });
  }
})();
