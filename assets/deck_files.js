/* Files of presentations: made by the server of what is sent along, which it does not keep; and files opened. */
(function () {
  "use strict";

  /* The player in a window of its own, with the deck as the field of a form. */
  function play(deck, language, scene) {
    const query = new URLSearchParams({ lang: language });
    if (scene) { query.set("scene", scene); }
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: window.atlasPlace.at("/present/own?") + window.atlasTheme.carry(query), target: "_blank", enctype: "multipart/form-data", hidden: true });
    const field = Object.assign(document.createElement("textarea"), { name: "deck", value: JSON.stringify(deck) });
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }

  /* The answer, or an error with the lines that the server gives. */
  async function asked(address, body, words) {
    let answer;
    try {
      answer = await fetch(address, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body });
    } catch (error) {
      throw Object.assign(new Error(words.offline), { lines: [words.offline] });
    }
    if (answer.ok) { return answer; }
    const lines = (await answer.text()).split("\n").filter(Boolean);
    throw Object.assign(new Error(lines[0] || String(answer.status)), { lines: lines.length ? lines : [String(answer.status)] });
  }

  function saved(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function nameOf(answer, otherwise) {
    const given = answer.headers.get("Content-Disposition") || "";
    const name = /filename\*=UTF-8''([^;]+)/i.exec(given) || /filename="?([^";]+)/i.exec(given);
    return name ? decodeURIComponent(name[1]) : otherwise;
  }

  /* One file: what is going on is told by `busy`, and a second click meanwhile does nothing. */
  async function fetched(element, format, address, body, busy) {
    if (element.getAttribute("aria-busy") === "true") { return; }
    element.setAttribute("aria-busy", "true");
    busy.status(busy.say(busy.words.making, { format }));
    try {
      const answer = await asked(address, body, busy.words);
      const name = nameOf(answer, "presentation");
      saved(await answer.blob(), name);
      busy.status(busy.say(busy.words.made, { format, name }));
    } catch (error) {
      const [first, ...rest] = error.lines || [error.message];
      busy.wrong([busy.say(busy.words.failed, { reason: first }), ...rest]);
    }
    element.removeAttribute("aria-busy");
  }

  function made(button, id, deck, language, busy) {
    const query = new URLSearchParams({ format: id, lang: language });
    return fetched(button, busy.words.formats[id], "/present/own/file?" + query, JSON.stringify(deck), busy);
  }

  /* The deck in a file, once the server has found no fault in it; null where it has. */
  async function opened(file, language, busy) {
    const { words, say } = busy;
    try {
      if (file.size > words.bytes) {
        throw Object.assign(new Error(), { lines: [say(words.too_large, { kilobytes: words.kilobytes })] });
      }
      const text = await file.text();
      await asked("/present/own/check?lang=" + language, text || " ", words);
      return window.atlasDeck.tidy(JSON.parse(text.replace(/^\uFEFF/, "")));
    } catch (error) {
      busy.wrong([say(words.not_opened, { file: file.name }), ...(error.lines || [error.message])]);
      return null;
    }
  }

  /* Files of the atlas's own presentations: ordinary links, which here also tell how far they are. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-deck-file]");
    const editor = document.getElementById("deck-editor");
    if (!link || !editor || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    const words = JSON.parse(editor.dataset.words);
    const region = document.getElementById("deck-files-status");
    const tell = (isWrong) => (text) => {
      region.textContent = Array.isArray(text) ? text.join(" ") : text;
      region.classList.toggle("wrong", isWrong);
    };
    const say = (message, given) => Object.entries(given).reduce((text, [name, value]) => text.replace(`{${name}}`, value), message);
    fetched(link, link.dataset.deckFile, link.getAttribute("href"), undefined, { status: tell(false), wrong: tell(true), words, say });
  });

  window.atlasDeckFiles = { play, made, opened };
})();
