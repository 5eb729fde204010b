/* The reader's own presentation: scenes are added from any page (data-deck-figure on a button) and kept in this
   browser alone. A page without storage holds it as long as the page lasts, and says so. */
(function () {
  "use strict";
  const KEPT = "corridor-atlas-deck";
  const MOST_SCENES = 200;
  const SECONDS_SHOWN = 12;
  const NOT_OF_THE_VIEW = ["lang", "theme", "camera", "data", "tour"];
  let held = null; // the presentation where the browser keeps nothing
  let words = {}; // the last that the server has said, for when it is gone

  const isObject = (one) => Boolean(one) && typeof one === "object" && !Array.isArray(one);
  const texts = (one) => (isObject(one) ? Object.fromEntries(Object.entries(one).filter(([, text]) => typeof text === "string")) : {});

  /* The presentation in the form of its file, whatever was found. */
  function tidy(found) {
    const given = isObject(found) ? found : {};
    const scenes = (Array.isArray(given.scenes) ? given.scenes : []).filter(isObject).slice(0, MOST_SCENES);
    const deck = { title: texts(given.title), scenes: [] };
    scenes.forEach((scene) => {
      const text = (name) => (typeof scene[name] === "string" ? scene[name] : "");
      deck.scenes.push({
        id: freeId(deck, text("id") || "scene"), view: text("view"), figure: text("figure"), headline: texts(scene.headline),
        points: (Array.isArray(scene.points) ? scene.points : []).map(texts), notes: texts(scene.notes),
      });
    });
    return deck;
  }

  function freeId(deck, wish) {
    const taken = new Set(deck.scenes.map((scene) => scene.id));
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(wish) && !taken.has(wish)) { return wish; }
    const short = (wish.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "")) || "scene";
    let id = short;
    for (let number = 2; taken.has(id); number += 1) { id = `${short}-${number}`; }
    return id;
  }

  function read() {
    if (held) { return held; }
    try { return tidy(JSON.parse(window.localStorage.getItem(KEPT) || "{}")); } catch (error) { return tidy({}); }
  }

  function write(deck) {
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(deck));
      held = null;
    } catch (error) {
      held = deck; // a browser that keeps nothing, or no more
    }
    document.dispatchEvent(new CustomEvent("atlas:deck"));
  }

  window.addEventListener("storage", (event) => {
    if (event.key === KEPT) { document.dispatchEvent(new CustomEvent("atlas:deck")); }
  });

  /* A deck as a file: `<title>.deck.json`. */
  function save(deck, title) {
    const name = (title || "presentation").replace(/[\\/:*?"<>|\x00-\x1f]+/g, " ").replace(/\s+/g, " ").trim().slice(0, 80);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(deck, null, 1) + "\n"], { type: "application/json" }));
    link.download = `${name || "presentation"}.deck.json`;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* What is seen, as an address without language; a map that was moved is added where it stands. */
  function viewNow(button) {
    const query = new URLSearchParams(window.location.search);
    NOT_OF_THE_VIEW.forEach((name) => query.delete(name));
    const camera = button.closest(".map") ? window.dash_clientside.map.moved() : "";
    if (camera) { query.set("camera", camera); }
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
    return window.atlasPlace.path() + (text ? "?" + text : "");
  }

  async function told(query) {
    try {
      const answer = await fetch("/present/scene?" + query);
      if (answer.ok) { words = await answer.json(); return words; }
    } catch (error) { /* the server is gone: the scene is kept all the same */ }
    return null;
  }

  async function add(button) {
    const { deckFigure: figure, deckView, deckTitle } = button.dataset;
    const language = document.documentElement.lang;
    const isThing = deckTitle !== undefined;
    const view = isThing ? deckView || "" : viewNow(button);
    const title = deckTitle || document.title.split(" – ")[0];
    const deck = read();
    const isSame = (scene) => scene.view === view && scene.figure === figure && (view || scene.headline[language] === title);
    const at = deck.scenes.findIndex(isSame) + 1;
    const isFull = deck.scenes.length >= MOST_SCENES;
    const id = freeId(deck, isThing ? title : `${view.split("?")[0]} ${figure}`);
    if (!at && !isFull) {
      deck.scenes.push({ id, view, figure, headline: { [language]: title }, points: [], notes: {} });
      write(deck);
    }
    const query = new URLSearchParams({ lang: language, n: deck.scenes.length, kept: held ? 0 : 1 });
    if (at) { query.set("at", at); } else if (isFull) { query.set("full", 1); }
    if (!isThing && !at && !isFull) { query.set("view", view); query.set("figure", figure); }
    const answer = await told(query);
    if (answer && answer.headline) { rename(id, language, title, answer.headline); }
    say((answer && answer.said) || `✓ ${title} (${deck.scenes.length})`);
  }

  /* The figure's own title in place of the first one, unless the reader has written another by now. */
  function rename(id, language, before, headline) {
    const deck = read();
    const scene = deck.scenes.find((one) => one.id === id);
    if (scene && scene.headline[language] === before) { scene.headline[language] = headline; write(deck); }
  }

  /* What was done, said aloud; it stands there from the start, or screen readers would not hear it. */
  const region = document.createElement("div");
  region.className = "deck-said";
  region.setAttribute("role", "status");
  let timer = 0;

  function saveNow(language) {
    const deck = read();
    const title = deck.title[language] || words.untitled || document.title;
    save({ ...deck, title: { ...deck.title, [language]: title } }, title);
  }

  function say(text) {
    const language = document.documentElement.lang;
    const line = Object.assign(document.createElement("span"), { textContent: text });
    const link = document.createElement(held ? "button" : "a");
    link.textContent = (held ? words.save : words.open) || "→";
    if (held) {
      Object.assign(link, { type: "button", onclick: () => saveNow(language) });
    } else {
      link.href = window.atlasPlace.at(`/presentations?lang=${language}`);
    }
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", onclick: hush });
    close.setAttribute("aria-label", words.close || "×");
    region.replaceChildren(line, " ", link, close);
    window.clearTimeout(timer);
    timer = window.setTimeout(hushed, 1000 * SECONDS_SHOWN);
  }

  function hush() {
    window.clearTimeout(timer);
    region.replaceChildren();
  }

  /* It stays while it is pointed at or has the focus. */
  function hushed() {
    if (region.matches(":hover, :focus-within")) { timer = window.setTimeout(hushed, 2000); } else { hush(); }
  }

  document.body.append(region);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && region.contains(document.activeElement)) { hush(); }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-deck-figure]");
    if (button) { add(button); }
  });

  window.atlasDeck = { read, write, tidy, freeId, save, isKept: () => !held, most: MOST_SCENES };
})();
