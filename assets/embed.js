/* A figure alone in the frame of another page, drawn anew to the size of that frame. */
(function () {
  "use strict";
  const figure = document.getElementById("figure");
  if (!figure) { return; }
  const { view, figure: name, lang, failed } = figure.dataset;
  let drawn = "";
  let pause = 0;
  let number = 0;

  async function draw() {
    const back = document.querySelector(".back").offsetHeight;
    const width = Math.max(240, document.documentElement.clientWidth);
    const height = Math.max(240, window.innerHeight - back);
    if (drawn === width + "x" + height) { return; }
    drawn = width + "x" + height;
    const mine = ++number;
    const query = new URLSearchParams({ view, figure: name, lang, width, height });
    try {
      const answer = await fetch("/export/figure?" + query);
      if (!answer.ok) { throw new Error((await answer.text()).split("\n")[0]); }
      const made = await answer.json();
      if (mine !== number) { return; }
      const config = { displaylogo: false, showSendToCloud: false, displayModeBar: false, scrollZoom: false, doubleClick: false };
      figure.setAttribute("aria-label", made.alt);
      await window.Plotly.newPlot(figure, made.figure.data, made.figure.layout, config);
      figure.dataset.drawn = drawn;
    } catch (error) {
      drawn = "";
      figure.textContent = failed + " " + error.message;
    }
  }

  window.addEventListener("resize", () => { clearTimeout(pause); pause = setTimeout(draw, 150); });
  draw();
})();
