/* A way walked place by place (dashboard/corridors/walk.py): arrow keys on the slider or its two buttons go to
   the place before or after; it is lit up on the map, on the strip and in the lists, and the map comes along. */
(function () {
  "use strict";
  const NEAR = 5; // zoom at which a place shows with its neighbours
  const part = () => document.querySelector(".walk");
  const track = () => part().querySelector("[role=slider]");
  const stops = () => [...part().querySelectorAll("li")];
  const now = () => Number(track().getAttribute("aria-valuenow")) - 1;

  function tell(type, detail) { document.dispatchEvent(new CustomEvent("atlas:" + type, { detail })); }

  function light(stop) {
    const keys = stop ? stop.dataset.keys.split(" ") : [];
    const spots = stop ? [stop.dataset.at.split(",").map(Number)] : [];
    tell("over", keys.slice(0, 1));
    tell("light", { keys, spots });
    return spots[0];
  }

  /* The slider itself says where it stands; the line under it is read aloud only when a button was pressed. */
  function go(to) {
    const all = stops();
    const at = Math.min(Math.max(to, 0), all.length - 1);
    const said = part().querySelector(".walk-said");
    said.setAttribute("aria-live", document.activeElement === track() ? "off" : "polite");
    said.textContent = all[at].textContent;
    track().setAttribute("aria-valuenow", at + 1);
    track().setAttribute("aria-valuetext", all[at].textContent);
    track().style.setProperty("--at", at / Math.max(all.length - 1, 1));
    tell("follow", { spot: light(all[at]), zoom: NEAR });
  }

  const step = (by) => go(now() + by);

  const KEYS = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1),
    Home: () => go(0), End: () => go(stops().length - 1),
  };

  document.addEventListener("keydown", (event) => {
    if (!part() || event.target !== track() || event.altKey || event.ctrlKey || event.metaKey) { return; }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-walk]");
    if (button) { step(Number(button.dataset.walk)); return; }
    const line = event.target.closest && event.target.closest(".walk-track");
    if (line) {
      const { left, width } = line.getBoundingClientRect();
      go(Math.round(((event.clientX - left) / width) * (stops().length - 1)));
    }
  });

  document.addEventListener("focusin", (event) => {
    if (part() && event.target === track()) { light(stops()[now()]); }
  });

  /* Who leaves the walk leaves its lights. */
  document.addEventListener("focusout", (event) => {
    if (part() && part().contains(event.target) && !part().contains(event.relatedTarget)) { light(null); }
  });
})();
