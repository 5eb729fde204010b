/* The sites of the overview: which of them fit the filters, in the table and on the map, and which is selected.
   The rows of the table say what each site is (data-countries, data-kinds …), so that both follow a choice at
   once; the server's answer, which selects in layers/sites.py, comes after it and has the last word. */
(function () {
  "use strict";
  const table = () => document.querySelector(".site-table");
  const rows = () => [...table().tBodies[0].rows];

  document.addEventListener("click", (event) => {
    const row = event.target.closest && event.target.closest(".site-table tbody tr");
    if (row && !event.target.closest("[data-choose]")) { row.querySelector("[data-choose]").click(); }
  });

  /* What the controls say now, by facet; none chosen means all. A callback of Dash would hear of it only after
     the server's answer, which may set the same controls. */
  function choice() {
    const facets = Object.keys(rows()[0].dataset).filter((name) => !["key", "light", "spot"].includes(name));
    return facets
      .map((facet) => [facet, window.dash_component_api.getLayout("filter-" + facet).props.value || []])
      .filter(([, wanted]) => wanted.length);
  }

  function fits(row, wanted) {
    return wanted.every(([facet, codes]) => row.dataset[facet].split(" ").some((code) => codes.includes(code)));
  }

  function showOnly(ids) {
    rows().forEach((row) => { row.hidden = Boolean(ids) && !ids.has(row.dataset.key); });
  }

  /* The ids of the sites that fit; `wanted` is pairs of a facet and the codes chosen of it. */
  function fitting(wanted) {
    return rows().filter((row) => fits(row, wanted)).map((row) => row.dataset.key);
  }

  let followed = "[]";
  function follow() {
    if (!table() || isPaged() || !rows().length) { return; }
    const wanted = choice();
    if (JSON.stringify(wanted) === followed) { return; }
    followed = JSON.stringify(wanted);
    const ids = fitting(wanted);
    window.dash_clientside.map.keep(ids.length < rows().length ? ids : null);
    showOnly(new Set(ids));
  }
  ["change", "click", "keyup"].forEach((type) => document.addEventListener(type, follow));

  /* A table that comes by pages: the server cuts and sorts it (dashboard/site_pages.py). */
  const isPaged = () => Boolean(table() && table().classList.contains("paged"));

  function turn(changes) {
    const { of, which, column, descending, page } = table().dataset;
    const now = { of, which, column: Number(column), is_descending: descending === "true", page: Number(page) };
    const { lang } = table().closest("[lang]");
    table().closest(".table-box").scrollTop = 0;
    window.dash_clientside.set_props("site-turn", { data: { ...now, ...changes, lang, at: Date.now() } });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-turn-page], [data-turn-column]");
    if (!button || button.getAttribute("aria-disabled") === "true") { return; }
    const { turnPage, turnColumn } = button.dataset;
    if (turnPage) { turn({ page: Number(turnPage) }); return; }
    const isAscending = button.closest("th").getAttribute("aria-sort") === "ascending";
    turn({ column: Number(turnColumn), is_descending: isAscending, page: 0 });
  });

  /* The page of the sites that fit the filters of a query, from the first one. */
  function turnTo(which) {
    if (table().dataset.which !== which) { turn({ which, page: 0 }); }
  }

  /* `listed` is {sites: ids that fit, or null for all; selected: keys}. */
  function show(listed) {
    if (isPaged()) { turnTo(listed.which); }
    showOnly(listed.sites && new Set(listed.sites));
    rows().forEach((row) => {
      const chosen = listed.selected.includes("site:" + row.dataset.key);
      row.classList.toggle("chosen", chosen);
      row.querySelector("[data-choose]").setAttribute("aria-current", String(chosen));
      if (chosen) { scrollIntoList(row); }
    });
  }

  /* Within the table's own box only: the page must not move. */
  function scrollIntoList(row) {
    const box = row.closest(".table-box");
    if (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
    }
  }

  /* The first call may come before the table is on the page. */
  function whenThere(then, tries) {
    if (table()) { then(); } else if ((tries || 0) < 300) {
      window.requestAnimationFrame(() => whenThere(then, (tries || 0) + 1));
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    sites: {
      fitting,
      turnTo: (which) => whenThere(() => turnTo(which)),
      show: (listed) => { if (listed) { whenThere(() => show(listed)); } },
    },
  });
})();
