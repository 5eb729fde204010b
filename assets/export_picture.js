/* A figure as a picture, made by the reader's own browser: SVG as dashboard/export/vector_file.py makes it, PNG,
   and the same SVG on paper. */
(function () {
  "use strict";
  const PLACES = /(\s(?:d|transform|points|x|y|width|height|cx|cy)=")([^"]*)"/g;
  const LONG_NUMBER = /-?\d*\.\d{2,}(?:e-?\d+)?/g;
  const SAME_AGAIN = /([ML])(-?[\d.]+,-?[\d.]+)(?:L\2(?=[LMZ"]|$))+/g;
  const SHADOW = /text-shadow:[^;"]*;?/g;
  const HALO = "paint-order: stroke; stroke: #ffffff; stroke-width: 2.4px; stroke-linejoin: round;";
  const SIDES = /\s(?:width|height|viewBox|role|lang)="[^"]*"/g;

  /* Places to 0.1 px, which is all that shows, and halos that programs for drawing understand. */
  function smaller(svg) {
    return svg
      .replace(PLACES, (whole, name, value) => {
        const short = value.replace(LONG_NUMBER, (number) => String(Math.round(Number(number) * 10) / 10));
        return name + short.replace(SAME_AGAIN, "$1$2") + '"';
      })
      .replace(SHADOW, HALO);
  }

  function escaped(text) {
    const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
    return text.replace(/[&<>"']/g, (sign) => signs[sign]);
  }

  /* The SVG with its true size, and what it shows in words for who does not see it. */
  function told(svg, made, width, height, said) {
    const box = made.figure.layout;
    const head = (found) =>
      found.slice(0, -1).replace(SIDES, "") +
      ` width="${width}" height="${height}" viewBox="0 0 ${box.width} ${box.height}"` +
      ` role="img" lang="${said.lang}" xml:lang="${said.lang}" aria-labelledby="title desc">` +
      `<title id="title">${escaped(made.title)}</title><desc id="desc">${escaped(made.alt)}</desc>` +
      `<metadata>${escaped(said.metadata)}</metadata>`;
    return svg.replace(/<svg\b[^>]*>/, head);
  }

  let script = null;
  /* Plotly, which only pages with figures have loaded. */
  function plotly(address) {
    if (window.Plotly) { return Promise.resolve(window.Plotly); }
    script = script || new Promise((ready, failed) => {
      const element = document.createElement("script");
      element.src = window.atlasPlace.at(address);
      element.onload = () => ready(window.Plotly);
      element.onerror = () => { script = null; failed(new Error(address)); };
      document.head.append(element);
    });
    return script;
  }

  /* The drawing as SVG. Plotly.toImage would draw it all once more: 0.9 s for a map; reading what stands there
     takes 0.05 s, and rearranges it, so once a drawing is enough. */
  async function drawn(gd, made) {
    if (!made.svg) {
      const { Snapshot } = window.Plotly;
      if (Snapshot && Snapshot.toSVG) {
        made.svg = Snapshot.toSVG(gd, "svg", 1);
      } else {
        const { width, height } = gd._fullLayout;
        const address = await window.Plotly.toImage(gd, { format: "svg", width, height });
        made.svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
      }
      made.svg = smaller(made.svg);
    }
    return made.svg;
  }

  /* `gd` shows what the server answered as `made`; `said` is the language and the metadata. */
  async function svgText(gd, made, said) {
    return told(await drawn(gd, made), made, made.width, made.height, said);
  }

  async function png(gd, made, times, said) {
    const [width, height] = [made.width, made.height].map((side) => Math.round(side * made.density * times));
    const svg = told(await drawn(gd, made), made, width, height, said);
    const picture = new Image(width, height);
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
    URL.revokeObjectURL(address);
    const blob = await new Promise((ready) => canvas.toBlob(ready, "image/png"));
    if (!blob) { throw new Error(`${width} × ${height}`); } // more than this browser can hold
    return blob;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /* One page of the figure's own size; printers fit it to their paper. */
  function print(svg, made) {
    const page = document.createElement("div");
    page.className = "export-page";
    page.innerHTML = svg;
    const size = document.createElement("style");
    size.textContent = `@page { size: ${made.width}px ${made.height}px; margin: 0; }`;
    document.body.append(page, size);
    const after = () => { page.remove(); size.remove(); };
    window.addEventListener("afterprint", after, { once: true });
    window.print();
  }

  window.atlasPicture = { plotly, smaller, svgText, png, save, print };
})();
