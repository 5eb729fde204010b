/* Plays a presentation: which scene is shown, keys and touches, the address, and what is held in memory. After
   loading nothing is asked of the server any more. */
(function () {
  "use strict";
  const { element, filled, sceneElement, drawChart, fit, drop, map, presenter, paper } = window.atlasPresent;
  const root = document.documentElement;
  const given = JSON.parse(document.getElementById("given").textContent);
  const asked = new URLSearchParams(window.location.search);
  const isFile = !given.ask;
  const isPrint = asked.has("print");
  const count = given.ids.length;
  const scenes = {}; // language → number → scene
  const codes = Object.keys(given.languages);
  const PAUSES = [1000, 3000, 8000, 20000, 60000];
  const ASIDE = 3000; // until the cursor hides
  const SWIPE = 50;

  let language = given.language;
  let at = 0;
  let shape = "wide";
  let typed = "";
  let blank = "";
  let exploring = false;
  let begun = Date.now();
  let isTimed = false;
  let sections = new Map(); // number → element, of the scenes next to the one shown
  let isLost = false;

  Object.entries(given.scenes).forEach(([code, own]) => { scenes[code] = Object.fromEntries(Object.entries(own).map(([number, scene]) => [number, scene])); });
  codes.forEach((code) => { scenes[code] = scenes[code] || {}; });

  const words = () => given.packs[language].words;
  const sceneAt = (number) => scenes[language][number];
  const whenPlotly = new Promise((ready) => {
    const look = () => { if (window.Plotly) { ready(); return true; } return false; };
    if (!look()) { document.addEventListener("DOMContentLoaded", look); window.addEventListener("load", look); }
  });

  /* The room */

  const stage = element("main", { class: "stage", id: "stage" });
  const live = element("p", { class: "hidden", role: "status", "aria-live": "polite" });
  const bar = element("div", { class: "progress", role: "progressbar", "aria-valuemin": 1, "aria-valuemax": count }, element("i"));
  const blind = element("div", { class: "blind", hidden: true });
  const notes = element("aside", { class: "notes under", hidden: true, tabindex: "0" });
  const clock = element("p", { class: "timer", hidden: true });
  const bubble = element("p", { class: "typed", hidden: true });
  const hint = element("p", { class: "hint", hidden: true, role: "status" });
  const controls = element("nav", { class: "controls" });
  const dialog = element("dialog", { class: "menu" });
  document.body.append(stage, live, notes, bar, blind, clock, bubble, hint, controls, dialog);

  function size() { return shape === "tall" ? [1000, Math.max(1000, Math.round((1000 * window.innerHeight) / window.innerWidth))] : [1920, 1080]; }

  function arrange() {
    const [width, height] = size();
    const free = window.innerHeight - (notes.hidden ? 0 : notes.offsetHeight);
    const scale = Math.min(window.innerWidth / width, free / height);
    Object.assign(stage.style, { width: width + "px", height: height + "px", left: (window.innerWidth - width * scale) / 2 + "px", top: Math.max(0, (free - height * scale) / 2) + "px", transform: `scale(${scale})` });
    map.sharpen(scale);
  }

  /* Scenes on the stage: the one shown and its neighbours, drawn ready behind it */

  function sectionAt(number) {
    const key = number;
    if (number < 0 || number >= count) { return null; }
    const before = sections.get(key);
    const scene = sceneAt(number);
    if (before && (before.dataset.held === "true") === Boolean(scene)) { return before; }
    if (before) { drop(before); }
    const section = scene ? sceneElement(scene, number, count, words(), language) : waiting(number);
    section.dataset.held = String(Boolean(scene));
    section.inert = true;
    sections.set(key, section);
    stage.append(section);
    if (scene) {
      fit(section);
      section.ready = draw(section, scene);
    }
    return section;
  }

  function waiting(number) {
    const text = isLost ? words().failed : words().loading;
    return element("section", { class: "scene", "data-kind": "waiting", "data-id": given.ids[number] }, element("header", {}, element("h1", { text: given.packs[language].title })), element("div", { class: "body" }, element("p", { class: "problem", text })));
  }

  async function draw(section, scene) {
    try {
      if (scene.figure) { await whenPlotly; await drawChart(section, scene); }
    } catch (error) {
      section.querySelector(".box").textContent = words().undrawn;
    }
  }

  function forget() {
    sections.forEach((section, number) => { if (Math.abs(number - at) > 1) { drop(section); sections.delete(number); } });
  }

  function clear() {
    sections.forEach(drop);
    sections = new Map();
  }

  /* Shows scene `number`; what is beside it is drawn when there is time. */
  function show(number, isAgain) {
    const to = Math.min(Math.max(number, 0), count - 1);
    const from = sceneAt(at);
    const isSame = to === at && !isAgain;
    if (number >= count && isSame) { tell(words().end); }
    if (isSame && stage.querySelector(".current")) { return; }
    if (exploring) { explore(false); }
    at = to;
    const section = sectionAt(at);
    stage.querySelectorAll(".scene").forEach((one) => { const isNow = one === section; one.classList.toggle("current", isNow); one.inert = !isNow; });
    const scene = sceneAt(at);
    if (scene && scene.map && map.isReady()) {
      map.show(scene, language, given.packs[language].map, Boolean(from && from.map && from !== scene) || isAgain === "map");
    } else { map.hide(); }
    root.dataset.scene = given.ids[at];
    delete root.dataset.painted;
    const mine = section;
    Promise.resolve(section.ready).then(() => requestAnimationFrame(() => { if (stage.querySelector(".current") === mine && scene) { root.dataset.painted = scene.id; } }));
    announce(scene);
    writeAddress();
    writeNotes();
    bar.firstChild.style.width = ((at + 1) / count) * 100 + "%";
    bar.setAttribute("aria-valuenow", at + 1);
    later();
  }

  let waitingTask = 0;
  function later() {
    clearTimeout(waitingTask);
    presenter.follow();
    waitingTask = setTimeout(async () => {
      for (const beside of [at + 1, at - 1]) {
        const section = sectionAt(beside);
        if (section) { await section.ready; }
      }
      forget();
      presenter.follow();
      root.dataset.ready = root.dataset.ready || "true";
    }, 0);
  }

  function announce(scene) {
    document.title = `${scene ? scene.headline[0] + " · " : ""}${given.packs[language].title}`;
    live.textContent = `${filled(words().scene, { n: at + 1, count })}. ${scene ? scene.headline[0] : ""}`;
  }

  function writeAddress() {
    try {
      if (isFile) { window.history.replaceState(null, "", "#" + given.ids[at]); return; }
      const query = new URLSearchParams(window.location.search);
      query.set("lang", language);
      query.set("scene", given.ids[at]);
      if (!given.ask.body) { window.history.replaceState(null, "", `${window.location.pathname}?${query}`); }
    } catch (error) { /* a browser that keeps addresses as they are: nothing else hangs on it */ }
  }

  function writeNotes() {
    const scene = sceneAt(at);
    const [text, code] = scene ? scene.notes : ["", language];
    notes.lang = code;
    notes.setAttribute("aria-label", words().notes);
    notes.replaceChildren(...(text || words().noNotes).split("\n").filter(Boolean).map((line) => element("p", { text: line })));
    notes.scrollTop = 0;
  }

  /* What is said for a moment */

  let hintTask = 0;
  function tell(text, stays) {
    clearTimeout(hintTask);
    hint.textContent = text;
    hint.hidden = !text;
    if (text && !stays) { hintTask = setTimeout(() => { hint.hidden = true; }, 4000); }
  }

  /* What can be done */

  function explore(isOn) {
    const scene = sceneAt(at);
    if (isOn && !(scene && scene.map && map.isReady())) { tell(root.classList.contains("no-webgl") && scene && scene.map ? words().still : ""); return; }
    exploring = isOn;
    root.classList.toggle("exploring", isOn);
    map.explore(isOn);
    if (isOn) { tell(words().exploring, true); } else {
      tell("");
      map.show(scene, language, given.packs[language].map, true);
      if (document.activeElement && document.activeElement !== document.body) { document.activeElement.blur(); }
    }
  }

  function cover(colour) {
    blank = blank === colour ? "" : colour;
    blind.hidden = !blank;
    blind.dataset.colour = blank;
    presenter.follow();
  }

  function fullscreen() {
    if (document.fullscreenElement) { document.exitFullscreen(); return; }
    if (!root.requestFullscreen) { return; }
    root.requestFullscreen().then(() => navigator.keyboard && navigator.keyboard.lock && navigator.keyboard.lock(["Escape"])).catch(() => {});
  }

  function setLanguage(code) {
    if (!given.packs[code] || !scenes[code][at]) { tell(filled(words().notHeld, { language: given.languages[code] })); return; }
    if (exploring) { explore(false); }
    language = code;
    root.lang = code;
    clear();
    furnish();
    show(at, "map");
  }

  function elapsed() {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    const two = (value) => String(value).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${two(minutes)}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  }

  function timer() {
    isTimed = !isTimed;
    if (isTimed) { begun = Date.now(); }
    clock.hidden = !isTimed;
    clock.textContent = elapsed();
  }
  setInterval(() => { if (isTimed) { clock.textContent = elapsed(); } }, 500);

  async function print() {
    await paper.fill(player, asked.get("per") === "1" ? 1 : 2);
    window.print();
  }

  function goTyped() {
    const number = Number(typed);
    write("");
    if (number >= 1) { show(number - 1); }
  }

  function write(digits) {
    typed = digits.slice(-4);
    bubble.textContent = typed ? `${typed} ↵` : "";
    bubble.hidden = !typed;
  }

  const ACTS = {
    next: () => show(at + 1),
    previous: () => show(at - 1),
    first: () => show(0),
    last: () => show(count - 1),
    fullscreen,
    black: () => cover("black"),
    white: () => cover("white"),
    notes: () => { notes.hidden = !notes.hidden; arrange(); },
    presenter: () => { if (presenter.open(player)) { presenter.follow(); } else { tell(words().blocked); } },
    language: () => setLanguage(codes[(codes.indexOf(language) + 1) % codes.length]),
    timer,
    explore: () => explore(!exploring),
    print,
    keys: () => { if (dialog.open) { dialog.close(); } else { dialog.showModal(); } },
    atlas: () => { const scene = sceneAt(at); if (scene && scene.address) { window.open((given.site || window.atlasPlace.at("")) + scene.address + (scene.address.includes("?") ? "&" : "?") + "lang=" + language, "_blank", "noopener"); } },
  };
  const FORWARD = ["next", "previous", "first", "last"];

  function act(name) {
    if (blank && !["black", "white"].includes(name)) {
      cover(blank);
      if (FORWARD.includes(name)) { return; }
    }
    ACTS[name]();
  }

  /* Keys, of this window and of the presenter's */

  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "previous", ArrowUp: "previous",
    PageUp: "previous", Backspace: "previous", Home: "first", End: "last", "?": "keys",
  };
  // By their place on the keyboard, for a keyboard that writes Cyrillic has no F.
  const LETTERS = {
    KeyF: "fullscreen", KeyB: "black", Period: "black", KeyW: "white", Comma: "white", KeyN: "notes", KeyP: "presenter",
    KeyL: "language", KeyT: "timer", KeyE: "explore", F1: "keys", F5: "fullscreen",
  };
  const isField = (target) => Boolean(target && target.closest && target.closest("input, textarea, select, [contenteditable]"));
  const isButton = (target) => Boolean(target && target.closest && target.closest("button, a, summary"));

  function key(event) {
    if (event.defaultPrevented || isField(event.target) || event.isComposing) { return; }
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyP") { event.preventDefault(); print(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (dialog.open && event.key !== "?") { return; }
    if (isButton(event.target) && (event.key === "Enter" || event.key === " ")) { return; }
    const name = nameOf(event);
    if (!name) { return; }
    event.preventDefault();
    if (typeof name === "function") { name(); } else { write(""); act(name); }
  }

  function nameOf(event) {
    if (/^\d$/.test(event.key)) { return () => write(typed + event.key); }
    if (event.key === "Enter") { return typed ? goTyped : "next"; }
    if (event.key === "Escape") { return leave; }
    if (exploring && event.key.startsWith("Arrow")) { return null; }
    return KEYS[event.key] || (event.shiftKey ? null : LETTERS[event.code]);
  }

  /* The number, the map, the blank screen, full screen: whichever is on, the innermost first. */
  function leave() {
    if (typed) { write(""); } else if (exploring) { explore(false); } else if (blank) { cover(blank); } else if (document.fullscreenElement) { document.exitFullscreen(); }
  }

  document.addEventListener("keydown", key);

  /* Fingers and mouse */

  let touch = null;
  document.addEventListener("touchstart", (event) => {
    const one = event.touches.length === 1 && !event.target.closest(".explored, .menu, .notes, .rows, .controls");
    touch = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    wake();
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touch) { return; }
    const { clientX, clientY } = event.changedTouches[0];
    const [right, down] = [clientX - touch.x, clientY - touch.y];
    touch = null;
    if (Math.abs(right) > SWIPE && Math.abs(right) > 1.5 * Math.abs(down)) { act(right < 0 ? "next" : "previous"); }
  });

  let sleep = 0;
  function wake() {
    root.classList.remove("idle");
    clearTimeout(sleep);
    sleep = setTimeout(() => { if (!dialog.open && !exploring && !controls.matches(":focus-within")) { root.classList.add("idle"); } }, ASIDE);
  }
  ["mousemove", "mousedown", "focusin"].forEach((name) => document.addEventListener(name, wake));
  blind.addEventListener("click", () => cover(blank));

  /* Buttons and the list of keys and scenes */

  function furnish() {
    const own = words();
    document.body.lang = language;
    const button = (name, sign, title) => element("button", { type: "button", "data-do": name, title, "aria-label": title, text: sign });
    controls.setAttribute("aria-label", own.presentation);
    controls.replaceChildren(button("previous", "‹", own.previous), button("next", "›", own.next), button("explore", "⤢", own.explore), button("keys", "☰", own.keys));
    stage.setAttribute("aria-label", own.presentation);
    bar.setAttribute("aria-label", own.presentation);
    const close = element("button", { type: "button", class: "close", "aria-label": own.close, title: own.close, text: "×" });
    close.addEventListener("click", () => dialog.close());
    dialog.setAttribute("aria-label", own.keys);
    dialog.replaceChildren(element("header", {}, element("h2", { text: given.packs[language].title }), close),
      element("div", { class: "columns" }, keyList(own), element("div", {}, languageList(), sceneList(own))), element("p", { class: "held", role: "status" }), element("p", { class: "quiet", text: own.swipe }));
    tellHeld();
  }

  function keyList(own) {
    const rows = [
      ["next", ["→", "↓", "Page Down", own.space, "Enter"]], ["previous", ["←", "↑", "Page Up", "Backspace"]], ["first", ["Home"]], ["last", ["End"]],
      [null, [own.number], own.goTo], ["fullscreen", ["F"]], ["black", ["B"]], ["white", ["W"]], ["notes", ["N"]], ["presenter", ["P"]],
      ["language", ["L"]], ["timer", ["T"]], ["explore", ["E"]], [null, ["Escape"], own.return], ["theme", []], ["print", ["Ctrl+P"]], ["atlas", []], ["keys", ["?"]],
    ];
    const title = (name, text) => {
      if (!name || name === "keys") { return element("span", { text: text || own[name] }); }
      return name === "theme" ? element("button", { type: "button", "data-theme-switch": "true", text: own.theme }) : element("button", { type: "button", "data-do": name, text: own[name] });
    };
    const hidden = isFile && !given.site ? ["atlas"] : [];
    return element("table", { class: "keys" }, element("tbody", {}, ...rows.filter(([name]) => !hidden.includes(name)).map(([name, keys, text]) =>
      element("tr", {}, element("td", {}, title(name, text)), element("td", {}, ...keys.map((one) => element("kbd", { text: one })))))));
  }

  function languageList() {
    return element("p", { class: "languages" }, ...codes.map((code) => {
      const one = element("button", { type: "button", lang: code, "aria-pressed": String(code === language), text: given.languages[code] });
      one.addEventListener("click", () => { dialog.close(); setLanguage(code); });
      return one;
    }));
  }

  function sceneList(own) {
    const items = given.ids.map((id, number) => {
      const scene = sceneAt(number);
      const one = element("button", { type: "button", text: scene ? scene.headline[0] : id });
      one.addEventListener("click", () => { dialog.close(); show(number); });
      return element("li", {}, one);
    });
    return element("div", { class: "scenes" }, element("h3", { text: own.scenes }), element("ol", {}, ...items));
  }

  dialog.addEventListener("toggle", () => { if (dialog.open) { furnish(); const here = dialog.querySelectorAll(".scenes button")[at]; if (here) { here.setAttribute("aria-current", "true"); here.focus(); } } });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-do]");
    if (!button) { return; }
    if (dialog.open && button.dataset.do !== "keys") { dialog.close(); }
    act(button.dataset.do);
    if (event.detail) { button.blur(); } // the next press of Space is for the scenes again
  });

  /* Holding everything: scenes of this language, geometry, the other languages */

  const heldScenes = () => codes.reduce((sum, code) => sum + Object.keys(scenes[code]).length, 0);

  function tellHeld() {
    const [have, all] = [heldScenes(), count * codes.length];
    const line = dialog.querySelector(".held");
    if (line) { line.textContent = have >= all ? words().held : filled(words().holding, { n: have, count: all }); }
    root.dataset.held = have >= all && isGround ? "all" : String(have);
  }

  let isGround = false;

  async function fetched(code, from) {
    const { url, body } = given.ask;
    const asks = new URLSearchParams({ lang: code, from, shape });
    const options = body ? { method: "POST", body, headers: { "Content-Type": "application/json" } } : {};
    const answer = await fetch(`${url}?${asks}`, options);
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }

  /* Tries again for as long as the window is open: a server that is busy answers later. */
  async function patiently(task) {
    for (let tries = 0; ; tries += 1) {
      try {
        const made = await task();
        isLost = false;
        return made;
      } catch (error) {
        isLost = tries > 1;
        await new Promise((again) => { setTimeout(again, PAUSES[Math.min(tries, PAUSES.length - 1)]); window.addEventListener("online", again, { once: true }); });
      }
    }
  }

  async function holdLanguage(code, isNeeded) {
    let from = isNeeded(0) || !given.packs[code] ? 0 : 1;
    while (from < count) {
      if (from && !isNeeded(from)) { from += 1; continue; }
      const { scenes: own, pack } = await patiently(() => fetched(code, from));
      if (pack) { given.packs[code] = pack; }
      Object.entries(own[code]).forEach(([number, scene]) => { scenes[code][number] = scene; });
      from = Math.max(from, ...Object.keys(own[code]).map(Number)) + 1;
      if (code === language) { refresh(Object.keys(own[code]).map(Number)); }
      tellHeld();
    }
  }

  /* What has come takes the place of what said that it was to come. */
  function refresh(numbers) {
    if (shape === "tall") { numbers.filter((number) => sections.has(number)).forEach((number) => { drop(sections.get(number)); sections.delete(number); }); }
    if (numbers.includes(at)) { show(at, "map"); } else { later(); }
  }

  async function holdAll() {
    const tall = shape === "tall";
    const early = new Set(tall ? [] : Object.keys(scenes[language]).map(Number));
    const first = language;
    const names = Object.keys(given.geometry || {});
    const ground = names.length ? Promise.all(names.map((name) => patiently(() => map.hold(name, given.geometry[name])))) : holdInside();
    ground.then(() => { isGround = true; tellHeld(); makeMap(); });
    if (given.ask) {
      await holdLanguage(first, (number) => !early.has(number));
      await ground;
      for (const code of codes) { if (code !== first) { await holdLanguage(code, (number) => !scenes[code][number]); } }
    }
    tellHeld();
  }

  async function holdInside() {
    for (const part of document.querySelectorAll("[id^=geometry-]")) { await map.hold(part.id.slice("geometry-".length)); }
  }

  /* The live map is made behind the scenes, once there is a scene for it. */
  async function makeMap() {
    if (isPrint) { return; }
    if (!given.map) { root.dataset.map = "still"; return; } // layers that travel as tiles need their server
    await whenPlotly;
    const number = given.ids.findIndex((_, one) => sceneAt(one) && sceneAt(one).map);
    if (number < 0) { setTimeout(makeMap, 1500); return; }
    const probe = sections.get(number) || sectionAt(number);
    const box = probe.querySelector(".box");
    const room = { left: 0, top: 0, width: box.clientWidth, height: box.clientHeight };
    for (let one = box; one && one !== stage; one = one.offsetParent) { room.left += one.offsetLeft; room.top += one.offsetTop; }
    forget();
    if (await map.make(given.map, stage, room, shape, words())) {
      arrange();
      const scene = sceneAt(at);
      if (scene && scene.map) { map.show(scene, language, given.packs[language].map, false); }
    }
    root.dataset.map = root.classList.contains("no-webgl") ? "still" : "live";
  }

  document.addEventListener("atlas:theme", () => presenter.follow());

  /* What the presenter window and the handout ask of this one */

  const player = {
    words, key, act, size, elapsed, whenPlotly,
    language: () => language,
    title: () => given.packs[language].title,
    count: () => count,
    scene: (number) => sceneAt(number === undefined ? at : number),
    section: (step) => sectionAt(at + step),
    place: () => filled(words().scene, { n: at + 1, count }),
    blank: () => blank,
    restart: () => { begun = Date.now(); },
  };

  async function begin() {
    const wished = asked.get("lang");
    if (isFile && given.packs[wished]) { language = wished; }
    root.lang = language;
    shape = !isPrint && window.innerWidth / window.innerHeight < 0.8 ? "tall" : "wide";
    root.dataset.shape = shape;
    const start = given.ids.indexOf(asked.get("scene") || decodeURIComponent(window.location.hash.slice(1)));
    at = Math.max(start, 0);
    furnish();
    if (isPrint) {
      root.dataset.print = "true";
      await holdAll();
      await paper.fill(player, asked.get("per") === "1" ? 1 : 2);
      root.dataset.ready = "print";
      return;
    }
    arrange();
    show(at, "start");
    wake();
    holdAll();
  }

  window.addEventListener("resize", arrange);
  begin();
})();
