/* The presenter window: the scene that is shown and the next one, notes, clock and time. It is an empty window of
   this browser that the audience window fills, so it needs neither server nor address of its own. */
(function () {
  "use strict";
  const { element } = window.atlasPresent;
  let other = null;
  let told = null;
  let ticking = 0;

  const isOpen = () => Boolean(other) && !other.closed;

  /* Opens it, or brings it to the front; false where the browser forbids. `player` is the audience window. */
  function open(player) {
    if (isOpen()) { other.focus(); return true; }
    other = window.open("", "_blank", "popup,width=1180,height=760");
    if (!other) { return false; }
    told = player;
    furnish(player);
    other.addEventListener("keydown", player.key);
    other.addEventListener("resize", scaleMinis);
    window.addEventListener("pagehide", () => other && other.close());
    clearInterval(ticking);
    ticking = setInterval(tick, 500);
    return true;
  }

  function styles() {
    return [...document.styleSheets].map((sheet) => {
      try { return [...sheet.cssRules].map((rule) => rule.cssText).join("\n"); } catch (error) { return ""; }
    }).join("\n");
  }

  function furnish(player) {
    const doc = other.document;
    const words = player.words();
    doc.title = words.presenter;
    doc.head.replaceChildren(Object.assign(doc.createElement("style"), { textContent: styles() }));
    const button = (name, text) => {
      const made = element("button", { type: "button", "data-do": name, text });
      made.addEventListener("click", () => { player.act(name); made.blur(); });
      return made;
    };
    const restart = element("button", { type: "button", class: "restart", text: words.restart });
    restart.addEventListener("click", () => { player.restart(); tick(); });
    const bigger = (sign, change) => {
      const made = element("button", { type: "button", text: sign, class: "letters" });
      made.addEventListener("click", () => {
        const box = doc.querySelector(".notes");
        box.style.fontSize = Math.min(48, Math.max(14, parseFloat(other.getComputedStyle(box).fontSize) + change)) + "px";
      });
      return made;
    };
    const part = (name, title, ...inside) => element("section", { class: name, "aria-label": title }, element("h2", { text: title }), ...inside);
    doc.body.className = "presenter";
    doc.body.replaceChildren(
      element("header", {}, element("p", { class: "time clock", "aria-label": words.clock }), element("p", { class: "time elapsed", "aria-label": words.elapsed }), restart,
        element("p", { class: "place", role: "status" }), element("p", { class: "screen" })),
      element("main", {}, part("now", words.now, element("div", { class: "mini" })),
        part("upcoming", words.upcoming, element("div", { class: "mini" })),
        element("section", { class: "said", "aria-label": words.speaker }, element("h2", { text: words.speaker }, bigger("A−", -2), bigger("A+", 2)), element("div", { class: "notes", tabindex: "0" }))),
      element("nav", {}, button("previous", "‹ " + words.previous), button("next", words.next + " ›"), button("black", words.black), button("white", words.white), button("language", words.language)));
  }

  /* A copy of a scene as the stage has it; what the live map shows is in it as a picture. */
  function mini(place, section) {
    const frame = other.document.querySelector(`.${place} .mini`);
    if (!section) { frame.replaceChildren(element("p", { class: "end", text: told.words().end })); return; }
    const copy = other.document.importNode(section, true);
    copy.removeAttribute("inert");
    copy.removeAttribute("aria-hidden");
    copy.classList.add("current");
    const stage = element("div", { class: "stage" }, copy);
    const [width, height] = told.size();
    stage.style.width = width + "px";
    stage.style.height = height + "px";
    frame.style.aspectRatio = `${width} / ${height}`;
    frame.replaceChildren(stage);
  }

  function scaleMinis() {
    if (!isOpen()) { return; }
    other.document.querySelectorAll(".mini").forEach((frame) => {
      const stage = frame.querySelector(".stage");
      if (stage) { stage.style.transform = `scale(${frame.clientWidth / parseFloat(stage.style.width)})`; }
    });
  }

  /* Follows the audience window. */
  function follow() {
    if (!isOpen() || !told) { return; }
    const doc = other.document;
    const words = told.words();
    Object.assign(doc.documentElement.dataset, { theme: document.documentElement.dataset.theme || "light" });
    doc.documentElement.lang = told.language();
    if (doc.title !== words.presenter) { furnish(told); }
    const scene = told.scene();
    mini("now", told.section(0));
    mini("upcoming", told.section(1));
    const notes = doc.querySelector(".notes");
    const [text, language] = scene ? scene.notes : ["", told.language()];
    notes.lang = language;
    notes.classList.toggle("none", !text);
    notes.replaceChildren(...(text || words.noNotes).split("\n").filter(Boolean).map((line) => element("p", { text: line })));
    notes.scrollTop = 0;
    doc.querySelector(".place").textContent = told.place();
    const blank = told.blank();
    doc.querySelector(".screen").textContent = blank ? words[blank] : "";
    doc.body.dataset.scene = scene ? scene.id : "";
    scaleMinis();
    tick();
  }

  function tick() {
    if (!isOpen()) { clearInterval(ticking); return; }
    const doc = other.document;
    doc.querySelector(".clock").textContent = new Date().toLocaleTimeString(told.language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    doc.querySelector(".elapsed").textContent = told.elapsed();
  }

  Object.assign(window.atlasPresent, { presenter: { open, follow, isOpen } });
})();
