/* The handout: all scenes with their notes on sheets of A4, in the colours of the light theme. */
(function () {
  "use strict";
  const { element, sceneElement, drawChart, fit } = window.atlasPresent;
  const [WIDTH, HEIGHT] = [1920, 1080];

  /* Fills the handout one scene after the other; `each` is one or two scenes a page. */
  async function fill(player, each) {
    const words = player.words();
    let paper = document.getElementById("handout");
    const marks = `${player.language()} ${each}`;
    if (paper && paper.dataset.of === marks) { return paper; }
    if (paper) { paper.remove(); }
    paper = element("article", { id: "handout", class: `paper each-${each}`, lang: player.language(), "data-of": marks });
    paper.append(element("h1", { class: "handout-title", text: player.title() }));
    document.body.append(paper);
    for (let number = 0; number < player.count(); number += 1) {
      const scene = player.scene(number);
      if (scene) { await add(paper, scene, number, player, words); }
    }
    return paper;
  }

  async function add(paper, scene, number, player, words) {
    const stage = element("div", { class: "stage" });
    Object.assign(stage.style, { width: WIDTH + "px", height: HEIGHT + "px" });
    const section = sceneElement(scene, number, player.count(), words, player.language());
    section.classList.add("current");
    stage.append(section);
    const [text, language] = scene.notes;
    const notes = element("div", { class: "notes", lang: language }, ...text.split("\n").filter(Boolean).map((line) => element("p", { text: line })));
    paper.append(element("section", { class: "leaf" }, element("div", { class: "mini" }, stage), notes));
    fit(section);
    try {
      if (scene.figure) { await player.whenPlotly; await drawChart(section, scene); }
    } catch (error) { section.querySelector(".box").textContent = words.undrawn; }
  }

  Object.assign(window.atlasPresent, { paper: { fill } });
})();
