/* The tour of the overview (dashboard/tour.py). It is offered once in a quiet line and covers nothing until asked
   for. That it was offered is kept by this browser alone; one that keeps nothing is asked again. */
(function () {
  "use strict";
  const KEPT = "corridor-atlas-tour";
  const box = () => document.getElementById("tour");
  const offer = () => document.getElementById("tour-offer");
  const steps = () => [...box().querySelectorAll("section")];
  const button = (name) => box().querySelector(`[data-tour=${name}]`);
  const isNarrow = () => window.matchMedia("(max-width: 760px)").matches;
  const asked = new URLSearchParams(window.location.search).get("tour");
  let at = 0;
  let opener = null;
  let rings = [];

  function wasSeen() {
    try { return Boolean(window.localStorage.getItem(KEPT)); } catch { return false; }
  }

  function remember() {
    try { window.localStorage.setItem(KEPT, "seen"); } catch { /* a browser that keeps nothing */ }
    if (offer()) { offer().hidden = true; }
  }

  /* Called with every change of the page until the overview is there, or another page is. */
  const waiting = new MutationObserver(() => {
    if (!box() || !offer()) { return; }
    waiting.disconnect();
    if (asked === "on") { forget(); start(null); return; }
    offer().hidden = asked === "off" || window.self !== window.top || wasSeen();
  });
  if (window.atlasPlace.path() === "/") { waiting.observe(document, { childList: true, subtree: true }); }

  /* A link to the tour is not the address of the view. */
  function forget() {
    const url = new URL(window.location.href);
    url.searchParams.delete("tour");
    window.history.replaceState(window.history.state, "", url);
  }

  function start(from) {
    remember();
    opener = from;
    at = 0;
    if (!box().open) { box().show(); }
    show();
    ["scroll", "resize"].forEach((type) => window.addEventListener(type, place, { capture: true, passive: true }));
    growth.observe(document.body);
  }

  const growth = new ResizeObserver(() => place());

  function end() {
    growth.disconnect();
    ["scroll", "resize"].forEach((type) => window.removeEventListener(type, place, { capture: true }));
    rings.forEach((ring) => ring.remove());
    rings = [];
    box().close();
    const back = opener && opener.isConnected && opener.getClientRects().length ? opener : document.querySelector(".help-button");
    if (back) { back.focus(); }
  }

  function show() {
    steps().forEach((step, i) => { step.hidden = i !== at; });
    button("back").disabled = at === 0;
    const next = button("next");
    next.textContent = at === steps().length - 1 ? next.dataset.done : next.dataset.next;
    rings.forEach((ring) => ring.remove());
    rings = targets().map(() => document.body.appendChild(Object.assign(document.createElement("div"), { className: "tour-ring" })));
    const [first] = targets();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (first) { first.scrollIntoView({ block: isNarrow() ? "start" : "nearest", behavior: still ? "instant" : "smooth" }); }
    place();
    next.focus({ preventScroll: true });
  }

  const targets = () => [...document.querySelectorAll(steps()[at].dataset.target)].filter((one) => one.getClientRects().length);

  /* Rings around what the step is about, and the box where it covers none of it; on a phone it stays below. */
  function place() {
    const places = targets().map((one) => one.getBoundingClientRect());
    rings.forEach((ring, i) => {
      const { left, top, width, height } = places[i] || new DOMRect();
      Object.assign(ring.style, { left: `${left - 5}px`, top: `${top - 5}px`, width: `${width + 10}px`, height: `${height + 10}px` });
    });
    const style = box().style;
    if (isNarrow() || !places.length) { style.left = style.top = ""; return; }
    const [{ left, right, top, bottom }, wide, high] = [places[0], box().offsetWidth, box().offsetHeight];
    const [width, height] = [document.documentElement.clientWidth, window.innerHeight];
    const beside = right + 16 + wide < width ? right + 16 : left - 16 - wide;
    const spots = [
      [left, bottom + 14, bottom + 14 + high < height], [beside, Math.max(top, 8), beside > 0],
      [left, top - 14 - high, top - 14 - high > 0], [left + 16, bottom - high - 40, true],
    ];
    const [x, y] = spots.find((spot) => spot[2]);
    style.left = `${Math.min(Math.max(x, 8), width - wide - 8)}px`;
    style.top = `${Math.min(Math.max(y, 8), height - high - 8)}px`;
  }

  const ACTS = {
    start: (from) => start(from),
    dismiss: () => { remember(); document.querySelector(".help-button").focus(); },
    end,
    back: () => { at -= 1; show(); },
    next: () => { if (at === steps().length - 1) { end(); } else { at += 1; show(); } },
  };

  document.addEventListener("click", (event) => {
    const chosen = event.target.closest && event.target.closest("[data-tour]");
    if (!chosen || !box()) { return; } // elsewhere the link of the help leads to the overview
    event.preventDefault();
    const help = chosen.closest("dialog.help-dialog");
    if (help) { help.close(); }
    ACTS[chosen.dataset.tour](help ? null : chosen);
  });

  document.addEventListener("keydown", (event) => {
    const isHere = box() && box().open && (box().contains(event.target) || event.target === document.body);
    if (isHere && event.key === "Escape") { event.preventDefault(); end(); }
  });
})();
