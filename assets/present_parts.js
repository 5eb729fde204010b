/* A scene of a presentation as elements of a stage: texts, and its chart, picture, map or table. What is
   measured here is in pixels of the stage, which is 1920 wide, or 1000 on a screen that is higher than wide. */
(function () {
  "use strict";
  const CONFIG = { displaylogo: false, showSendToCloud: false, displayModeBar: false, scrollZoom: false, doubleClick: false, staticPlot: true, responsive: false };
  const LEAST_HEADLINE = 40;
  const LEAST_POINT = 28;
  const LEAST_CELL = 18;

  function element(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value === false || value === null || value === undefined) { return; }
      if (name === "text") { made.textContent = value; } else { made.setAttribute(name, value === true ? "" : value); }
    });
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  }

  /* [tag, props, contents …] as the server writes elements of Dash. */
  function grown(tree) {
    if (typeof tree === "string") { return document.createTextNode(tree); }
    const [tag, props, ...inside] = tree;
    const made = document.createElement(tag);
    Object.entries(props).forEach(([name, value]) => {
      if (name === "style") {
        Object.entries(value).forEach(([rule, given]) => {
          if (rule.startsWith("--")) { made.style.setProperty(rule, given); } else { made.style[rule] = given; }
        });
      } else if (name === "className") { made.className = value; } else { made.setAttribute(name, value); }
    });
    made.append(...inside.map(grown));
    return made;
  }

  /* Words of a language with their places filled. */
  function filled(text, values) {
    return Object.entries(values).reduce((made, [name, value]) => made.replaceAll(`{${name}}`, String(value)), text || "");
  }

  function said(tag, [text, language], attributes) { return element(tag, { ...attributes, lang: language, text }); }

  function listOfPoints(scene) {
    if (!scene.points.length) { return null; }
    const item = ([text, language, mark]) => element("li", { lang: language }, text, mark ? element("small", { text: mark }) : null);
    return element("ul", { class: "points" }, ...scene.points.map(item));
  }

  function caption(scene) {
    if (!scene.title) { return null; }
    return element("p", { class: "caption" }, element("strong", { text: scene.title }), scene.subtitle ? " " : "", scene.subtitle ? element("span", { text: scene.subtitle }) : "");
  }

  function tableOf(table, words) {
    const cell = (value) => Array.isArray(value) ? element("td", { class: "amount", text: value[0] }) : element("td", { text: value });
    const rows = table.rows.map((row) => element("tr", {}, ...row.map(cell)));
    const head = element("tr", {}, ...table.heads.map((text) => element("th", { scope: "col", text })));
    const box = element("div", { class: "rows" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
    box.append(element("p", { class: "more" }));
    box.dataset.count = table.count;
    box.dataset.more = words.more;
    return box;
  }

  /* The section of a scene, not yet fitted; `number` counts from 0. */
  function sceneElement(scene, number, count, words, language) {
    const isMap = Boolean(scene.map);
    const side = scene.kind === "words" ? null
      : scene.points.length || isMap ? element("div", { class: "side" }, listOfPoints(scene), isMap ? element("div", { class: "legend", "aria-label": words.legend, role: "group" }, ...scene.legend.map(grown)) : null) : null;
    const inside = scene.kind === "words" ? [listOfPoints(scene)]
      : scene.kind === "problem" ? [element("p", { class: "problem", text: scene.problem }), side]
        : [element("figure", { "aria-label": scene.alt, role: scene.table ? "group" : "img" }, caption(scene), element("div", { class: "box" })), side];
    const section = element("section", { class: "scene", "data-kind": scene.kind, "data-id": scene.id, lang: language },
      element("header", {}, said("h1", scene.headline)),
      element("div", { class: "body" + (side ? " has-side" : "") + (isMap ? " of-map" : "") }, ...inside),
      element("footer", {}, element("div", { class: "small" }, scene.problem && scene.kind !== "problem" ? element("p", { class: "wrong", text: scene.problem }) : null, ...scene.small.map((text) => element("p", { text }))),
        element("p", { class: "number", text: `${number + 1} / ${count}` })));
    const box = section.querySelector(".box");
    if (box && scene.table) { box.append(tableOf(scene.table, words)); }
    if (box && scene.picture) { putPicture(box, scene.picture); }
    return section;
  }

  /* The picture of a map, whose colours are variables of the page. */
  function putPicture(box, svg) {
    const picture = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
    picture.classList.add("picture");
    picture.setAttribute("aria-hidden", "true");
    box.append(picture);
  }

  /* Draws the chart of a scene whose section is in the document; one in the colours of the theme is redrawn by
     theme.js when that changes. */
  async function drawChart(section, scene) {
    const box = section.querySelector(".box");
    if (!box || !scene.figure || box.dataset.drawn) { return; }
    box.dataset.drawn = "begun";
    const { data, layout } = scene.figure;
    const sheet = element("div", { class: "sheet" });
    sheet.style.width = layout.width + "px";
    sheet.style.height = layout.height + "px";
    const frame = element("div", { class: "dash-graph" }, sheet);
    box.append(frame);
    fitChart(box, layout);
    await (window.Plotly.react || window.Plotly.newPlot)(sheet, { data, layout, config: CONFIG });
    box.dataset.drawn = "done";
  }

  function fitChart(box, layout) {
    const share = Math.min(box.clientWidth / layout.width, box.clientHeight / layout.height);
    const sheet = box.querySelector(".sheet");
    sheet.style.transform = `translate(${Math.max(0, (box.clientWidth - layout.width * share) / 2)}px, ${Math.max(0, (box.clientHeight - layout.height * share) / 2)}px) scale(${share})`;
  }

  function shrink(texts, least, fits) {
    for (let size = parseFloat(getComputedStyle(texts[0]).fontSize); size > least && !fits(); size -= 2) {
      texts.forEach((text) => { text.style.fontSize = Math.max(least, size - 2) + "px"; });
    }
  }

  const isWithin = (box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;

  /* Makes all that is written fit: smaller letters down to what a hall can read, then fewer sentences and rows. */
  function fit(section) {
    const title = section.querySelector("h1");
    shrink([title], LEAST_HEADLINE, () => title.scrollHeight <= title.parentNode.clientHeight + 1);
    section.querySelectorAll(".caption span").forEach(fitCaption);
    const points = [...section.querySelectorAll(".points li")];
    const side = section.querySelector(".side") || section.querySelector(".body");
    const legend = section.querySelector(".legend");
    if (points.length) {
      const list = points[0].parentNode;
      const room = () => side.clientHeight * (legend ? 0.62 : 1);
      shrink(points, LEAST_POINT, () => list.offsetHeight <= room() && list.scrollWidth <= list.clientWidth + 1);
    }
    if (legend) { fitLegend(legend, points); }
    section.querySelectorAll(".rows").forEach(fitRows);
  }

  /* Whole sentences, as many as there is room for. */
  function fitCaption(span) {
    const box = span.parentNode;
    const isWhole = () => box.scrollHeight <= box.clientHeight + 1;
    while (!isWhole() && span.textContent) {
      const shorter = span.textContent.trim().replace(/(^|[.;·]\s+)[^.;·]*([.](?=\S)[^.;·]*)*[.;·…]*$/, (_, end) => end.trim().replace("·", ""));
      span.textContent = shorter.length < span.textContent.length ? shorter : "";
    }
  }

  /* Two columns, smaller letters, no general notes, smaller points: until all of the legend is there. */
  function fitLegend(legend, points) {
    const fits = () => isWithin(legend);
    if (!fits()) { legend.classList.add("two"); }
    shrink([legend], LEAST_CELL, fits);
    if (!fits()) { [...legend.querySelectorAll(":scope > div > .legend-note:nth-last-child(-n+3)")].filter((note) => note.previousElementSibling && note.previousElementSibling.matches("ul, .legend-note")).forEach((note) => { note.hidden = true; }); }
    if (points.length) { shrink(points, LEAST_POINT, fits); }
    shrink([legend], 13, fits);
  }

  function fitRows(box) {
    const table = box.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    const more = box.querySelector(".more");
    const isTooWide = () => table.offsetWidth > box.clientWidth + 1;
    shrink([table], LEAST_CELL, () => !isTooWide() && table.offsetHeight <= box.clientHeight);
    const tell = (hidden) => { more.textContent = hidden > 0 ? filled(box.dataset.more, { n: hidden }) : ""; };
    let hidden = Number(box.dataset.count) - rows.length;
    tell(hidden);
    while (rows.length > 1 && table.offsetHeight + more.offsetHeight > box.clientHeight) {
      rows.pop().hidden = true;
      hidden += 1;
      tell(hidden);
    }
  }

  function drop(section) {
    section.querySelectorAll(".sheet").forEach((sheet) => window.Plotly && window.Plotly.purge(sheet));
    section.remove();
  }

  window.atlasPresent = { element, filled, sceneElement, drawChart, fit, drop };
})();
