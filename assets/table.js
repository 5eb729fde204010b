/* Every table.sortable (dashboard/sortable.py): its headings sort it, arrow keys walk its rows,
   and the map follows. */
(function () {
  "use strict";
  const rowsOf = (table) => [...table.tBodies[0].rows];

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
    const table = head.closest("table");
    const rows = rowsOf(table).sort((a, b) => compare(a, b, head.cellIndex, ascending ? 1 : -1));
    table.tBodies[0].append(...rows);
  }

  document.addEventListener("click", (event) => {
    const head = event.target.closest && event.target.closest("table.sortable:not(.paged) thead th[aria-sort]");
    if (head) { sort(head); }
  });

  /* What a row is about: its first link or button. */
  const handleOf = (row) => row.querySelector("a, button");

  /* Arrow keys walk the rows that are shown. */
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest && event.target.closest("table.sortable tbody tr");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || !step || event.target !== handleOf(row)) { return; }
    const handles = rowsOf(row.closest("table")).filter((one) => !one.hidden).map(handleOf).filter(Boolean);
    const next = handles[handles.indexOf(event.target) + step];
    if (!next) { return; }
    event.preventDefault();
    next.focus();
    const { spot } = next.closest("tr").dataset;
    if (spot) { document.dispatchEvent(new CustomEvent("atlas:follow", { detail: { spot: spot.split(",").map(Number) } })); }
  });
})();
