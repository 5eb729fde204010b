/* The editor of the reader's own presentation on /presentations. What is seen is made anew from the deck
   (assets/deck.js) after each change but those of texts; its files are the part of assets/deck_files.js. */
(function () {
  "use strict";
  let root = null; // the element of the page
  let words = {};
  let language = "en";
  let deck = null;
  let before = null; // the deck before the last step that can be undone
  let isWriting = false;
  const open = new Set(); // ids of scenes whose points and notes are seen

  const say = (message, given) =>
    Object.entries(given || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), message);
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const best = (texts) => texts[language] || texts.en || Object.values(texts).find(Boolean) || "";
  const nameOf = (scene) => best(scene.headline) || words.new_headline;

  const make = (...given) => window.atlasElement(...given);

  /* Keeping */

  function keep() {
    isWriting = true;
    window.atlasDeck.write(deck);
    isWriting = false;
    part("not-kept").textContent = window.atlasDeck.isKept() ? "" : words.not_kept;
  }

  function status(text, canUndo) {
    const undo = make("button", { type: "button", class: "btn btn-link btn-sm", onclick: undone }, words.undo);
    part("status").replaceChildren(text, ...(canUndo && before ? [" ", undo] : []));
    part("status").classList.remove("wrong");
  }

  /* Lines of what is wrong: the first for all, the others one a fault. */
  function wrong(lines) {
    const [first, ...rest] = lines.filter(Boolean);
    part("status").replaceChildren(first || "", ...(rest.length ? [make("ul", {}, rest.map((line) => make("li", {}, line)))] : []));
    part("status").classList.add("wrong");
  }

  /* A step that changes which scenes there are; `text` says what it was. */
  function step(change, text, focus) {
    before = JSON.stringify(deck);
    change();
    keep();
    draw();
    status(text, true);
    focused(focus);
  }

  function undone() {
    deck = window.atlasDeck.tidy(JSON.parse(before));
    before = null;
    keep();
    draw();
    status(words.undone);
    part("title").focus();
  }

  function focused(where) {
    const item = where && root.querySelector(`[data-scene="${where[0]}"]`);
    const found = item && (item.querySelector(`[data-do="${where[1]}"]:not([disabled])`) || item.querySelector("input"));
    (found || part("title")).focus();
  }

  /* Steps */

  function move(id, by, from) {
    const at = deck.scenes.findIndex((scene) => scene.id === id);
    const to = at + by;
    if (to < 0 || to >= deck.scenes.length) { return; }
    const scene = deck.scenes[at];
    step(() => { deck.scenes.splice(to, 0, ...deck.scenes.splice(at, 1)); }, say(words.moved, { name: nameOf(scene), n: to + 1 }), [id, from]);
  }

  function add(scene, at, text) {
    if (deck.scenes.length >= window.atlasDeck.most) { wrong([say(words.full, { n: deck.scenes.length })]); return; }
    step(() => deck.scenes.splice(at, 0, scene), text, [scene.id, "headline"]);
  }

  function twice(id) {
    const at = deck.scenes.findIndex((scene) => scene.id === id);
    const copy = { ...JSON.parse(JSON.stringify(deck.scenes[at])), id: window.atlasDeck.freeId(deck, id) };
    add(copy, at + 1, say(words.doubled, { name: nameOf(copy) }));
  }

  function remove(id) {
    const at = deck.scenes.findIndex((scene) => scene.id === id);
    const next = deck.scenes[at + 1] || deck.scenes[at - 1];
    step(() => deck.scenes.splice(at, 1), say(words.removed, { name: nameOf(deck.scenes[at]) }), next && [next.id, "remove"]);
  }

  const DONE = {
    up: (id) => move(id, -1, "up"),
    down: (id) => move(id, 1, "down"),
    twice,
    play: (id) => window.atlasDeckFiles.play(complete(), language, id),
    remove,
  };
  const SIGNS = { up: "↑", down: "↓", twice: "⧉", play: "▷", remove: "×" };

  /* The deck as a file holds it: with a title and headlines, without points that say nothing. */
  function complete() {
    const made = JSON.parse(JSON.stringify(deck));
    if (!best(made.title)) { made.title[language] = words.untitled; }
    made.scenes.forEach((scene) => {
      if (!best(scene.headline)) { scene.headline[language] = words.new_headline; }
      scene.points = scene.points.filter((texts) => Object.values(texts).some((text) => text.trim()));
    });
    return made;
  }

  /* Drawing */

  function field(tag, texts, name, label, more) {
    const element = make(tag, {
      class: "form-control form-control-sm", "aria-label": label, maxlength: words.longest[name], placeholder: best(texts) || label,
      lang: language, dir: "auto", autocomplete: "off", ...more,
      oninput: (event) => {
        if (event.target.value) { texts[language] = event.target.value; } else { delete texts[language]; }
        keep();
      },
    });
    element.value = texts[language] || "";
    return element;
  }

  function item(scene, number) {
    const name = nameOf(scene);
    const isOff = { up: number === 1, down: number === deck.scenes.length };
    const buttons = Object.keys(DONE).map((action) => make("button", {
      type: "button", class: "btn btn-outline-secondary btn-sm", "data-do": action, disabled: Boolean(isOff[action]),
      title: say(words[action], { name }), "aria-label": say(words[action], { name }), onclick: () => DONE[action](scene.id),
    }, SIGNS[action]));
    const head = field("input", scene.headline, "headline", say(words.headline, { n: number }), { type: "text", "data-do": "headline" });
    return make("li", { "data-scene": scene.id, onkeydown: (event) => keyed(event, scene.id) },
      make("div", { class: "deck-row" }, make("span", { class: "deck-number", "aria-hidden": "true" }, String(number)), head,
        make("span", { class: "deck-moves" }, buttons)),
      make("p", { class: "deck-shown" }, shown(scene)),
      details(scene, number));
  }

  /* Which view a scene shows; only addresses of the atlas become links, whatever a file says. */
  function shown(scene) {
    if (!scene.view) { return words.words_only; }
    if (!/^\/(?![/\\])/.test(scene.view)) { return scene.view; }
    const address = scene.view + (scene.view.includes("?") ? "&" : "?") + "lang=" + language;
    return [make("a", { href: window.atlasPlace.at(address), target: "_blank", rel: "noopener" }, scene.view), scene.figure ? ` · ${scene.figure}` : ""];
  }

  function details(scene, number) {
    const box = make("details", { open: open.has(scene.id) }, make("summary", {}, words.more));
    const fill = () => {
      if (box.childElementCount > 1) { return; }
      while (scene.points.length < words.points) { scene.points.push({}); }
      const points = scene.points.slice(0, words.points).map((texts, at) => field("input", texts, "points", say(words.point, { n: at + 1 }), { type: "text" }));
      box.append(...points, field("textarea", scene.notes, "notes", words.notes, { rows: 4 }));
    };
    box.addEventListener("toggle", () => {
      if (box.open) { open.add(scene.id); fill(); } else { open.delete(scene.id); }
    });
    if (box.open) { fill(); }
    return box;
  }

  function keyed(event, id) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by) { return; }
    event.preventDefault();
    move(id, by, event.target.dataset.do || "headline");
  }

  function draw() {
    const title = field("input", deck.title, "title", words.title, { type: "text", id: "deck-title", "data-part": "title" });
    title.placeholder = best(deck.title) || words.untitled;
    part("title").replaceWith(title);
    part("scenes").replaceChildren(...deck.scenes.map((scene, at) => item(scene, at + 1)));
    part("count").textContent = deck.scenes.length ? say(words.count, { n: deck.scenes.length }) : words.empty;
    root.querySelectorAll("[data-needs-scenes]").forEach((button) => { button.disabled = !deck.scenes.length; });
    root.dataset.drawn = String(deck.scenes.length);
  }

  function again() {
    if (isWriting || !root || !root.isConnected) { return; }
    deck = window.atlasDeck.read();
    draw();
  }

  /* The page */

  function button(text, done, looks, more) {
    return make("button", { type: "button", class: `btn btn-${looks || "outline-secondary"} btn-sm`, onclick: done, ...more }, text);
  }

  function build() {
    const files = window.atlasDeckFiles;
    const busy = { status, wrong, words, say };
    const choose = make("select", { id: "deck-language", class: "form-select form-select-sm", onchange: (event) => { language = event.target.value; draw(); } },
      Object.entries(words.languages).map(([code, name]) => make("option", { value: code, lang: code, selected: code === language }, name)));
    const picker = make("input", { type: "file", accept: ".json,application/json", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true",
      onchange: async () => {
        const [file] = picker.files;
        const found = file && await files.opened(file, language, busy);
        picker.value = "";
        if (found) { step(() => { deck = found; }, say(words.opened, { file: file.name, n: found.scenes.length })); }
      } });
    const needs = { "data-needs-scenes": true };
    root.replaceChildren(
      make("div", { class: "deck-head" },
        make("label", { for: "deck-title" }, words.title, make("input", { "data-part": "title" })),
        make("label", { for: "deck-language" }, words.language, choose)),
      make("div", { class: "deck-tools" },
        button(words.present, () => files.play(complete(), language), "primary", needs),
        Object.entries(words.formats).map(([id, name]) => button(name, (event) => files.made(event.currentTarget, id, complete(), language, busy), "outline-primary", needs)),
        button(words.save, () => window.atlasDeck.save(complete(), best(complete().title)), "", needs),
        button(words.open, () => picker.click()), picker,
        button(words.clear, () => step(() => { deck.scenes = []; deck.title = {}; }, words.cleared), "", needs)),
      make("p", { "data-part": "not-kept", class: "note-line" }, window.atlasDeck.isKept() ? "" : words.not_kept),
      make("div", { "data-part": "status", role: "status", class: "deck-status" }),
      make("p", { "data-part": "count" }),
      make("ol", { "data-part": "scenes", class: "deck-scenes" }),
      button(words.add_words, () => add({ id: window.atlasDeck.freeId(deck, "words"), view: "", figure: "", headline: {}, points: [], notes: {} }, deck.scenes.length, say(words.count, { n: deck.scenes.length + 1 }))));
    draw();
  }

  function begin() {
    const found = document.getElementById("deck-editor");
    if (!found || found === root) { return; }
    root = found;
    words = JSON.parse(root.dataset.words);
    language = document.documentElement.lang;
    deck = window.atlasDeck.read();
    build();
  }

  new MutationObserver(begin).observe(document, { childList: true, subtree: true });
  document.addEventListener("atlas:deck", again);
})();
