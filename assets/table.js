/* The table of sites: shows the rows that fit, sorts them, and shares its selection with the map. */
(function () {
  "use strict";
  const rowsOf = (table) => [...table.tBodies[0].rows];
  const table = () => document.querySelector(".site-table");

  function valueOf(row, column) {
    const cell = row.cells[column];
    return "value" in cell.dataset ? cell.dataset.value : cell.textContent;
  }

  function compare(a, b, column, sign) {
    const [one, other] = [valueOf(a, column), valueOf(b, column)];
    if (one === "" || other === "") { return (one === "") - (other === ""); }
    const [x, y] = [Number(one), Number(other)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) { return sign * (x - y); }
    return sign * one.localeCompare(other, document.documentElement.lang, { numeric: true });
  }

  function sort(head) {
    const ascending = head.getAttribute("aria-sort") !== "ascending";
    [...head.parentNode.cells].forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(a, b, head.cellIndex, ascending ? 1 : -1));
    body.append(...rows);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest) { return; }
    const head = event.target.closest(".site-table thead th");
    if (head) { sort(head); return; }
    const row = event.target.closest(".site-table tbody tr");
    if (row && !event.target.closest("[data-choose]")) { row.querySelector("[data-choose]").click(); }
  });

  /* Arrow keys walk the rows that are shown. */
  document.addEventListener("keydown", (event) => {
    const button = event.target.closest && event.target.closest(".site-table [data-choose]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!button || !step) { return; }
    const buttons = rowsOf(table()).filter((row) => !row.hidden).map((row) => row.querySelector("[data-choose]"));
    const next = buttons[buttons.indexOf(button) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  function show(rows) {
    const fitting = rows.sites && new Set(rows.sites);
    rowsOf(table()).forEach((row) => {
      row.hidden = Boolean(fitting) && !fitting.has(row.dataset.key);
      const chosen = rows.selected.includes("site:" + row.dataset.key);
      row.classList.toggle("chosen", chosen);
      row.setAttribute("aria-selected", String(chosen));
      if (chosen) { scrollIntoList(row); }
    });
  }

  /* The first call may come before the table is on the page. */
  function whenThere(then, tries) {
    if (table()) { then(); } else if ((tries || 0) < 300) {
      window.requestAnimationFrame(() => whenThere(then, (tries || 0) + 1));
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    table: {
      /* `rows` is {sites: ids that fit, or null for all; selected: keys}. */
      show: (rows) => { if (rows) { whenThere(() => show(rows)); } },
    },
  });

  /* Within the table's own box only: the page must not move. */
  function scrollIntoList(row) {
    const box = row.closest(".table-box");
    if (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
    }
  }
})();
