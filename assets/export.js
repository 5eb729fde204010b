/* The dialog of every Export button: a preview of the publication figure, its files, how it is cited, embedded
   and described. The view is read from the address at the click; the server tells all the rest. */
(function () {
  "use strict";
  const TABS = ["download", "cite", "embed", "alt"];
  const PICTURES = ["svg", "png", "png2", "png3", "pdf", "html"];
  const DATA = ["csv", "xlsx", "geojson", "gpkg"];
  const CITED = { text: "as_text", bibtex: "BibTeX", ris: "RIS" };
  const SWITCHES = {
    legend: ["map", "strip", "chart"], labels: ["map"], scale_bar: ["map"],
    grey: ["map", "strip", "chart"], transparent: ["map", "strip", "chart", "table"],
  };
  const HEIGHTS = { map: 700, strip: 560, chart: 480, table: 480 };
  const NOT_OF_THE_VIEW = ["lang", "theme", "camera", "data"];
  const words = {};
  let dialog = null; // the element
  let now = null; // what is open: button, view, figure, lang (of the figure), about, made, drawing

  const make = (...given) => window.atlasElement(...given);

  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const pageLanguage = () => document.documentElement.lang;
  const say = (message, given) =>
    Object.entries(given || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), message);

  async function asked(address) {
    let answer;
    try { answer = await fetch(address); } catch (error) { throw new Error(words[pageLanguage()].offline); }
    if (!answer.ok) {
      const line = (await answer.text()).split("\n")[0];
      throw new Error(answer.status === 503 && !line ? words[pageLanguage()].busy : line || String(answer.status));
    }
    return answer;
  }

  async function wordsOf(language) {
    words[language] = words[language] || (await (await fetch(`/export/words?lang=${language}`)).json());
    return words[language];
  }

  function viewNow() {
    const query = new URLSearchParams(window.location.search);
    NOT_OF_THE_VIEW.forEach((name) => query.delete(name));
    return window.atlasPlace.path() + (query.size ? "?" + query : "");
  }

  /* What the fields say, as the server's routes read it; what is as it comes is left out. */
  function wishes() {
    const form = part("wishes");
    const query = new URLSearchParams({ view: now.view, figure: now.figure, lang: now.lang, size: form.elements.size.value });
    ["title", "subtitle"].forEach((name) => {
      const value = form.elements[name].value.trim();
      if (value !== (now.about[name] || "").trim()) { query.set(name, value); }
    });
    ["legend", "labels", "scale_bar"].forEach((name) => { if (!form.elements[name].checked) { query.set(name, "0"); } });
    ["grey", "transparent"].forEach((name) => { if (form.elements[name].checked) { query.set(name, "1"); } });
    return query;
  }

  function status(text, isWrong) {
    part("status").textContent = text;
    part("status").classList.toggle("wrong", Boolean(isWrong));
  }

  /* Preview */

  let asking = 0;
  function draw() {
    const number = ++asking;
    const current = now;
    current.drawing = (async () => {
      const own = words[pageLanguage()];
      status(own.drawing);
      const [made] = await Promise.all([
        asked("/export/figure?" + wishes()).then((answer) => answer.json()),
        window.atlasPicture.plotly(own.plotly),
      ]);
      if (number !== asking || now !== current) { return current.drawing; }
      const { width, height } = made.figure.layout;
      const sheet = part("sheet");
      sheet.style.width = width + "px";
      sheet.style.height = height + "px";
      sheet.setAttribute("aria-label", made.alt);
      await window.Plotly.newPlot(sheet, made.figure.data, made.figure.layout, { staticPlot: true, displaylogo: false, showSendToCloud: false });
      if (number !== asking || now !== current) { return current.drawing; }
      current.made = made;
      part("room").classList.toggle("clear", part("wishes").elements.transparent.checked);
      const pixels = [made.width, made.height].map((side) => Math.round(side * made.density));
      part("pixels").textContent = say(own.image_size, { width: pixels[0], height: pixels[1] });
      fit();
      dialog.dataset.drawn = String(number);
      status("");
      return made;
    })();
    current.drawing.catch((error) => { if (number === asking && now === current) { status(error.message, true); } });
    return current.drawing;
  }

  function fit() {
    const made = now && now.made;
    if (!made) { return; }
    const room = part("room");
    const { width, height } = made.figure.layout;
    const share = Math.min(room.clientWidth / width, room.clientHeight / height);
    const sheet = part("sheet");
    sheet.style.transform = `translate(${(room.clientWidth - width * share) / 2}px, ${(room.clientHeight - height * share) / 2}px) scale(${share})`;
  }

  let pause = 0;
  function changed(wait) {
    clearTimeout(pause);
    pause = setTimeout(draw, wait);
  }

  /* Files */

  async function picture(format) {
    const made = await now.drawing;
    const gd = part("sheet");
    const said = { lang: now.lang, metadata: say((await wordsOf(now.lang)).metadata, { link: made.link }) };
    if (format === "svg" || format === "print") {
      const svg = await window.atlasPicture.svgText(gd, made, said);
      if (format === "print") { window.atlasPicture.print(svg, made); return ""; }
      return saved(new Blob([svg], { type: "image/svg+xml" }), made.file_name + ".svg");
    }
    const times = Number(format.slice(3)) || 1;
    return saved(await window.atlasPicture.png(gd, made, times, said), made.file_name + (times > 1 ? `-${times}x` : "") + ".png");
  }

  function saved(blob, name) {
    window.atlasPicture.save(blob, name);
    return name;
  }

  async function fileOfServer(format) {
    const answer = await asked(`/export/file?${wishes()}&format=${format.id}`);
    const given = answer.headers.get("Content-Disposition") || "";
    const name = /filename\*=UTF-8''([^;]+)/i.exec(given) || /filename="?([^";]+)/i.exec(given);
    return saved(await answer.blob(), name ? decodeURIComponent(name[1]) : "corridor-atlas." + format.extension);
  }

  async function download(format, button) {
    const own = words[pageLanguage()];
    if (button.getAttribute("aria-busy") === "true") { return; }
    button.setAttribute("aria-busy", "true");
    status(say(own.making, { format: format.title }));
    try {
      const isHere = format.in_browser || format.id === "svg" || format.id.startsWith("png");
      const name = await (isHere ? picture(format.id) : fileOfServer(format));
      status(say(own.made, { format: format.title, name }));
    } catch (error) {
      status(say(own.failed, { reason: error.message }), true);
    }
    button.removeAttribute("aria-busy");
  }

  /* What is in the dialog */

  function open(button) {
    const fresh = { button, view: viewNow(), figure: button.dataset.export, lang: pageLanguage(), about: null, made: null };
    now = fresh;
    wordsOf(fresh.lang).then(async (own) => {
      if (now !== fresh) { return; } // a second click came meanwhile
      if (!dialog) { build(own); }
      clear(own);
      if (!dialog.open) { dialog.showModal(); }
      try {
        await tell();
      } catch (error) {
        status(error.message, true);
      }
    });
  }

  async function tell() {
    const current = now;
    const query = new URLSearchParams({ view: now.view, figure: now.figure, lang: now.lang });
    const [about] = await Promise.all([
      asked("/export/about?" + query).then((answer) => answer.json()), wordsOf(now.lang),
    ]);
    if (now !== current || query.get("lang") !== now.lang) { return; }
    const isFirst = !now.about;
    fields(about, now.about);
    now.about = about;
    if (isFirst) { formats(about); }
    cited(about);
    embedded();
    part("alt-text").value = about.alt;
    dialog.dataset.told = now.lang;
    draw();
  }

  function clear(own) {
    delete dialog.dataset.drawn;
    delete dialog.dataset.told;
    if (window.Plotly && part("sheet").data) { window.Plotly.purge(part("sheet")); }
    part("pixels").textContent = "";
    part("formats").replaceChildren();
    part("sources").replaceChildren();
    dialog.querySelectorAll("textarea[readonly]").forEach((field) => { field.value = ""; });
    const form = part("wishes");
    form.reset();
    form.elements.language.value = now.lang;
    dialog.lang = pageLanguage();
    show(TABS[0]);
    status(own.drawing);
  }

  /* Size, title and subtitle; a reader's own words stay when only the language of the rest changes. */
  function fields(about, before) {
    const form = part("wishes");
    const size = form.elements.size;
    const chosen = size.value;
    if (!size.options.length) {
      size.append(...about.sizes.map((one) => make("option", { value: one.id }, one.title)));
      size.value = chosen || about.sizes[0].id;
    }
    ["title", "subtitle"].forEach((name) => {
      const isOwn = before && form.elements[name].value.trim() !== (before[name] || "").trim();
      if (!isOwn) { form.elements[name].value = about[name] || ""; }
    });
    Object.entries(SWITCHES).forEach(([name, kinds]) => { form.elements[name].parentElement.hidden = !kinds.includes(about.kind); });
  }

  function formats(about) {
    const own = words[pageLanguage()];
    const byId = new Map(about.formats.map((format) => [format.id, format]));
    const group = (title, ids, more) => {
      const found = ids.map((id) => byId.get(id)).filter(Boolean);
      const buttons = found.filter((format) => format.id !== "pdf" || about.pdf_possible).map(formatButton);
      if (!buttons.length && !more) { return null; }
      return make("fieldset", {}, make("legend", {}, title), make("div", { class: "export-buttons" }, buttons, more));
    };
    const printed = make("button", { type: "button", class: "btn btn-outline-primary btn-sm", onclick: () => picture("print").catch((error) => status(say(own.failed, { reason: error.message }), true)) }, own.print);
    const needsPrint = byId.has("pdf") && !about.pdf_possible;
    part("formats").replaceChildren(...[
      group(own.picture, PICTURES, needsPrint ? printed : null),
      needsPrint ? make("p", { class: "export-hint" }, own.no_pdf) : null,
      group(own.data, DATA),
      group(own.everything, ["kit"]),
    ].filter(Boolean));
  }

  function formatButton(format) {
    return make("button", {
      type: "button", class: "btn btn-outline-primary btn-sm", "data-format": format.id,
      onclick: (event) => download(format, event.currentTarget),
    }, format.title);
  }

  function cited(about) {
    Object.keys(CITED).forEach((form) => { part("cite-" + form).value = about.citation[form] || ""; });
    part("sources").replaceChildren(...(about.sources || []).map((source) => {
      const title = /^https?:/.test(source.url || "")
        ? make("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, source.title)
        : source.title;
      const rest = [source.published, source.source_id].filter(Boolean).join("; ");
      return make("li", {}, source.publisher ? source.publisher + ". " : "", title, rest ? ` (${rest})` : "");
    }));
  }

  function embedAddress() {
    const [path, query] = now.view.split("?");
    const asked = new URLSearchParams(query);
    asked.set("figure", now.figure);
    asked.set("lang", now.lang);
    return new URL(now.about.link).origin + window.atlasPlace.at(`/embed${path}?${asked}`);
  }

  function embedded() {
    const [width, height] = ["embed-width", "embed-height"].map((name) => part(name));
    if (!height.value) { height.value = HEIGHTS[now.about.kind] || 480; }
    const frame = make("iframe", {
      src: embedAddress(), title: now.about.title, width: width.value.trim() || "100%", height: height.value.trim() || "480",
      style: "border:0", loading: "lazy",
    });
    part("embed-code").value = frame.outerHTML;
    part("embed-look").href = embedAddress();
  }

  function show(tab) {
    TABS.forEach((name) => {
      const button = part("tab-" + name);
      const isShown = name === tab;
      button.setAttribute("aria-selected", String(isShown));
      button.tabIndex = isShown ? 0 : -1;
      part("panel-" + name).hidden = !isShown;
    });
  }

  function walkTabs(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) { return; }
    const at = TABS.findIndex((name) => part("tab-" + name) === document.activeElement);
    const next = TABS[(at + step + TABS.length) % TABS.length];
    show(next);
    part("tab-" + next).focus();
  }

  async function copy(field, button, own) {
    try {
      if (navigator.clipboard && window.isSecureContext) {
        await navigator.clipboard.writeText(field.value);
      } else { // a page served over plain http has no clipboard interface
        field.select();
        if (!document.execCommand("copy")) { throw new Error("copy"); }
      }
      button.textContent = own.copied;
      setTimeout(() => { button.textContent = own.copy; }, 1500);
    } catch (error) {
      field.select();
      status(own.not_copied);
    }
  }

  /* A text to copy, with its button. */
  function copied(name, label, rows, own) {
    const field = make("textarea", { "data-part": name, id: "export-" + name, readonly: true, rows, spellcheck: "false" });
    const button = make("button", { type: "button", class: "btn btn-outline-secondary btn-sm", "aria-label": `${own.copy}: ${label}` }, own.copy);
    button.addEventListener("click", () => copy(field, button, own));
    return make("div", { class: "export-copied" }, make("label", { for: "export-" + name }, label), button, field);
  }

  function field(label, control) {
    control.id = control.id || "export-" + control.name;
    return make("div", { class: "export-field" }, make("label", { for: control.id }, label), control);
  }

  function wishesForm(own) {
    const languages = own.languages.map((one) => make("option", { value: one.id, lang: one.id }, one.title));
    const ticks = Object.keys(SWITCHES).map((name) =>
      make("label", { class: "export-tick" }, make("input", { type: "checkbox", name, checked: ["legend", "labels", "scale_bar"].includes(name) }), own[name]));
    const form = make("form", { "data-part": "wishes" },
      make("div", { class: "export-pair" },
        field(own.size, make("select", { name: "size", class: "form-select form-select-sm" })),
        field(own.language, make("select", { name: "language", class: "form-select form-select-sm" }, languages))),
      field(own.title, make("input", { name: "title", maxlength: 140, class: "form-control form-control-sm" })),
      field(own.subtitle, make("textarea", { name: "subtitle", maxlength: 300, rows: 2, class: "form-control form-control-sm" })),
      make("div", { class: "export-ticks" }, ticks));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (!now.about || event.target.name === "language") { return; }
      changed(event.target.type === "text" || event.target.tagName === "TEXTAREA" ? 500 : 0);
    });
    form.elements.language.addEventListener("change", (event) => {
      now.lang = event.target.value;
      tell().catch((error) => status(error.message, true));
    });
    return form;
  }

  function build(own) {
    const tabs = TABS.map((name) => make("button", {
      type: "button", role: "tab", id: "export-tab-" + name, "data-part": "tab-" + name,
      "aria-controls": "export-panel-" + name, onclick: () => show(name),
    }, own[name]));
    const panel = (name, ...inside) => make("div", {
      role: "tabpanel", id: "export-panel-" + name, "data-part": "panel-" + name, "aria-labelledby": "export-tab-" + name,
    }, inside);
    const number = (name, value, label) => field(label, make("input", {
      name, id: "export-" + name, "data-part": name, value, class: "form-control form-control-sm", oninput: () => embedded(),
    }));
    const preview = make("section", { class: "export-preview", "aria-label": own.preview },
      make("div", { class: "export-room", "data-part": "room" }, make("div", { class: "export-sheet", "data-part": "sheet", role: "img" })),
      make("p", { "data-part": "pixels", class: "export-pixels" }));
    const side = make("section", { class: "export-side" },
      make("div", { role: "tablist", class: "export-tabs", onkeydown: walkTabs, "aria-label": own.heading }, tabs),
      panel("download", wishesForm(own), make("div", { "data-part": "formats" })),
      panel("cite",
        Object.entries(CITED).map(([form, name]) => copied("cite-" + form, own[name] || name, form === "text" ? 4 : 9, own)),
        make("h3", {}, own.sources), make("ol", { "data-part": "sources", class: "export-sources" })),
      panel("embed",
        make("p", {}, own.embed_how),
        make("div", { class: "export-pair" }, number("embed-width", "100%", own.width), number("embed-height", "", own.height)),
        copied("embed-code", "HTML", 6, own),
        make("a", { "data-part": "embed-look", target: "_blank", rel: "noopener" }, own.embed_look)),
      panel("alt", make("p", {}, own.alt_how), copied("alt-text", own.alt, 10, own)));
    const close = make("button", { type: "button", class: "export-close", "aria-label": own.close, onclick: () => dialog.close() }, "×");
    dialog = make("dialog", { class: "export-dialog", id: "export-dialog", "aria-labelledby": "export-heading" },
      make("header", {}, make("h2", { id: "export-heading" }, own.heading), close),
      make("div", { class: "export-body" }, preview, side),
      make("p", { "data-part": "status", role: "status", class: "export-status" }));
    dialog.addEventListener("close", () => {
      const { button, figure } = now;
      now = null;
      asking += 1;
      (button.isConnected ? button : document.querySelector(`[data-export="${figure}"]`) || document.body).focus();
    });
    document.body.append(dialog);
    new ResizeObserver(() => requestAnimationFrame(() => now && fit())).observe(part("room"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-export]");
    if (button) { open(button); }
  });
})();
