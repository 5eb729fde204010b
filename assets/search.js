/* The search box as an ARIA 1.2 combobox: asks the server while a reader types, moves in its list by
   keyboard, chooses. The focus stays in the field; aria-activedescendant says which option is meant. */
(function () {
  "use strict";

  const PAUSE = 120; // milliseconds without a key before the server is asked
  let timer = null;
  let asked = { text: "", at: 0 };
  let chooseWhenAnswered = false;

  function field() { return document.getElementById("search-text"); }
  function list() { return document.getElementById("search-list"); }
  function options() { return [...list().querySelectorAll("[role=option]")]; }
  function isField(element) { return Boolean(element) && element.id === "search-text"; }

  function activeIndex() { return options().findIndex((one) => one.getAttribute("aria-selected") === "true"); }

  function activate(index) {
    options().forEach((one, i) => one.setAttribute("aria-selected", String(i === index)));
    const active = options()[index];
    if (active) {
      field().setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else {
      field().removeAttribute("aria-activedescendant");
    }
  }

  function isOpen() { return field().getAttribute("aria-expanded") === "true"; }

  function show(open) {
    const box = document.getElementById("search");
    const found = options().length > 0;
    field().setAttribute("aria-expanded", String(open && found));
    box.toggleAttribute("data-open", open);
    if (!open) { activate(-1); }
  }

  /* The server's answer names the question it belongs to: a late answer to an older one is not the list. */
  function isAnswered() {
    const status = document.querySelector("#search-status [data-at]");
    return Boolean(status) && status.dataset.at === String(asked.at);
  }

  function ask() {
    clearTimeout(timer);
    const text = field().value.trim().slice(0, 80);
    if (!text) { asked = { text: "", at: asked.at + 1 }; chooseWhenAnswered = false; show(false); return; }
    if (text === asked.text) { if (isAnswered()) { answered(); } return; }
    asked = { text, at: asked.at + 1 };
    window.dash_clientside.set_props("search-asked", { data: asked });
  }

  function answered() {
    if (!asked.text || !isAnswered()) { return; }
    activate(-1);
    if (chooseWhenAnswered) { chooseWhenAnswered = false; choose(options()[0]); return; }
    show(document.activeElement === field());
  }

  function choose(option) {
    if (!option) { show(true); return; }
    const title = option.querySelector(".title").textContent;
    window.dash_clientside.set_props("picked", { data: { keys: [option.dataset.key], fly: true, at: Date.now() } });
    window.dash_clientside.set_props("search-text", { value: title });
    asked = { text: "", at: asked.at + 1 };
    show(false);
    if (window.matchMedia("(pointer: coarse)").matches) { field().blur(); }
  }

  function enter() {
    const active = options()[activeIndex()];
    if (isOpen() && active) { choose(active); return; }
    chooseWhenAnswered = Boolean(field().value.trim());
    ask();
  }

  function step(by) {
    if (!isOpen()) { ask(); return; }
    const count = options().length;
    const from = activeIndex();
    activate(from < 0 ? (by > 0 ? 0 : count - 1) : (from + by + count) % count);
  }

  const KEYS = {
    ArrowDown: () => { step(1); return true; },
    ArrowUp: () => { step(-1); return true; },
    Enter: () => { enter(); return true; },
    Escape: () => {
      if (!isOpen() && !document.getElementById("search").hasAttribute("data-open")) { return false; }
      show(false);
      return true; // the first Escape closes the list, the next empties the field
    },
    Home: () => isOpen() && activeIndex() >= 0 && (activate(0), true),
    End: () => isOpen() && activeIndex() >= 0 && (activate(options().length - 1), true),
    Tab: () => { show(false); return false; },
  };

  document.addEventListener("input", (event) => {
    if (!isField(event.target)) { return; }
    chooseWhenAnswered = false;
    clearTimeout(timer);
    timer = setTimeout(ask, field().value.trim() ? PAUSE : 0);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (isField(event.target)) {
      const act = KEYS[event.key];
      if (act && act()) { event.preventDefault(); }
      return;
    }
    const isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && field() && !isTyping) {
      event.preventDefault();
      field().focus();
      field().select();
    }
  });

  /* The field keeps the focus while an option is pressed, or its blur would close the list under the pointer. */
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest && event.target.closest("#search-list")) { event.preventDefault(); }
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest && event.target.closest("#search-list [role=option]");
    if (option) { choose(option); }
  });
  document.addEventListener("focusin", (event) => { if (isField(event.target)) { field().select(); } });
  document.addEventListener("focusout", (event) => { if (isField(event.target)) { show(false); } });

  function prepare() {
    const box = document.getElementById("search");
    if (!box || box.dataset.ready) { return; }
    box.dataset.ready = "true";
    const attributes = {
      role: "combobox", "aria-autocomplete": "list", "aria-controls": "search-list",
      "aria-expanded": "false", "aria-keyshortcuts": "/", enterkeyhint: "search",
    };
    Object.entries(attributes).forEach(([name, value]) => field().setAttribute(name, value));
    new MutationObserver(answered).observe(document.getElementById("search-status"),
      { childList: true, subtree: true, characterData: true, attributes: true });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    search: { prepare: () => { prepare(); return window.dash_clientside.no_update; } },
  });
})();
