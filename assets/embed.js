/* A figure alone in the frame of another page, drawn anew to the size of that frame. */
(function () {
  "use strict";
  const figure = document.getElementById("figure");
  if (!figure) { return; }
  const { view, figure: name, lang, failed } = figure.dataset;
  let drawn = "";
  let pause = 0;
  let number = 0;

  /* As wide as the frame, and as high as what must stand in it: a low frame is scrolled. */
  async function draw() {
    const width = Math.max(240, document.documentElement.clientWidth);
    const height = Math.max(240, window.innerHeight - document.querySelector(".back").offsetHeight);
    if (drawn === width + "x" + height) { return; }
    drawn = width + "x" + height;
    const mine = ++number;
    const query = new URLSearchParams({ view, figure: name, lang, width, height, grows: 1 });
    try {
      const answer = await fetch("/export/figure?" + query);
      if (!answer.ok) { throw new Error((await answer.text()).split("\n")[0]); }
      const made = await answer.json();
      if (mine !== number) { return; }
      const { layout } = made.figure;
      const share = width / layout.width;
      const config = { displaylogo: false, showSendToCloud: false, displayModeBar: false, scrollZoom: false, doubleClick: false };
      const sheet = document.createElement("div");
      Object.assign(sheet.style, { width: layout.width + "px", height: layout.height + "px", transformOrigin: "0 0", transform: share === 1 ? "" : `scale(${share})` });
      figure.style.height = Math.ceil(layout.height * share) + "px";
      figure.setAttribute("aria-label", made.alt);
      figure.replaceChildren(sheet);
      await window.Plotly.newPlot(sheet, made.figure.data, layout, config);
      figure.dataset.drawn = drawn;
    } catch (error) {
      drawn = "";
      figure.textContent = failed + " " + error.message;
    }
  }

  window.addEventListener("resize", () => { clearTimeout(pause); pause = setTimeout(draw, 150); });
  draw();
})();
