/* The page of sites (dashboard/pages/sites.py): the grid is filled from the rows' own address, shows what fits
   the filters, and shares its selection with the map. The server says which rows fit, one bit a row. */
(function () {
  "use strict";
  const GRID = "sites-grid";
  const SITES = "site:";
  let api = null;
  let rows = [];
  let fits = null; // one truth a row, null for all
  let shown = { lang: "en", words: {} };
  let number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

  /* What the grid calls by name. */
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  functions.siteNumber = (value) => (value === null || value === undefined ? "–" : number.format(value));
  functions.siteMoney = (params) => {
    const { original } = params.data;
    return params.value === null && original ? original : functions.siteNumber(params.value);
  };
  functions.siteOrder = (a, b, nodeA, nodeB, isDescending) => {
    const [noA, noB] = [a === null || a === "", b === null || b === ""];
    if (noA || noB) { return (noA - noB) * (isDescending ? -1 : 1); } // what is not known comes last
    return typeof a === "number" ? a - b : a.localeCompare(b, shown.lang, { numeric: true });
  };

  const components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  components.SiteName = (props) => {
    const make = window.React.createElement;
    const link = make("a", { href: pageOf(props.data), lang: props.data.language, tabIndex: -1 }, props.value);
    return make("div", null, link, props.data.approximate ? make("small", null, props.data.approximate) : null);
  };

  function pageOf(row) {
    const query = window.atlasTheme.carry(new URLSearchParams({ lang: shown.lang }));
    return window.atlasPlace.at(`/sites/${encodeURIComponent(row.site_id)}?${query}`);
  }

  /* Columns of codes into rows of words. */
  function made(columns, words) {
    const at = (name, i) => (columns[name] ? columns[name][i] : "");
    const word = (table, code) => (words[table] && words[table][code]) || code;
    const said = (name, i) => at(`${name}_${shown.lang}`, i) || at(name, i);
    return columns.site_id.map((id, i) => {
      const language = [shown.lang, "en", "ru"].find((code) => at("name_" + code, i)) || "en";
      return {
        number: i, site_id: id, language, name: at("name_" + language, i),
        kind: word("kind", at("kind", i)), status: word("status", at("status", i)),
        country: word("country_iso3", at("country_iso3", i)), region: word("region_id", at("region_id", i)),
        place: said("place", i), started: said("started", i), expected: said("expected", i),
        sectors: at("sectors", i).split(" ").filter(Boolean).map((code) => word("sectors", code)).join(", "),
        area_ha: at("area_ha", i), jobs: at("jobs", i),
        investment: at("investment_usd", i) === null ? null : at("investment_usd", i) / 1e6,
        // Of a figure in another currency alone there is nothing to sort by.
        original: at("investment_orig", i) === null ? "" : words.original
          .replace("{n}", number.format(at("investment_orig", i) / 1e6)).replace("{currency}", at("investment_currency", i)),
        corridor_km: at("corridor_km", i), rail_node_km: at("rail_node_km", i),
        open_crossing_km: at("open_crossing_km", i), port_km: at("port_km", i),
        approximate: at("location_precision", i) === "region-centre" ? words.approximate : "",
      };
    });
  }

  function unpacked(text) {
    if (!text) { return null; }
    const bytes = window.atob(text);
    return (i) => Boolean(bytes.charCodeAt(i >> 3) & (128 >> (i & 7)));
  }

  async function begin(asked) {
    if (!asked) { return; }
    shown = asked;
    number = new Intl.NumberFormat(asked.lang, { maximumFractionDigits: 1 });
    const [columns, grid] = await Promise.all([
      fetch(asked.url).then((answer) => answer.json()),
      window.dash_ag_grid.getApiAsync(GRID),
    ]);
    api = grid;
    rows = made(columns, asked.words);
    api.setGridOption("isExternalFilterPresent", () => Boolean(fits));
    api.setGridOption("doesExternalFilterPass", (node) => fits(node.data.number));
    api.setGridOption("rowData", rows);
    api.addEventListener("filterChanged", follow);
    api.addEventListener("selectionChanged", chosen);
    api.addEventListener("cellKeyDown", pressed);
    api.addEventListener("cellFocused", walked);
    linked = asked.selected;
    api.onFilterChanged();
  }

  /* The map shows what the table shows: the filters of the page and those of its own headings. */
  let left = null;
  let linked = []; // what the link selects, until the rows are there
  function follow() {
    const ids = [];
    api.forEachNodeAfterFilter((node) => ids.push(node.data.site_id));
    left = ids.length === rows.length ? null : ids;
    whenPainted(() => window.dash_clientside.map.keep(left));
    const told = document.getElementById("sites-left");
    told.textContent = told.dataset.left.replace("{n}", number.format(ids.length));
    document.querySelector(".sites-page").dataset.shown = ids.length;
    const keys = linked;
    linked = [];
    if (keys.length) { whenPainted(() => pick(keys)); }
  }

  function whenPainted(then) {
    if (document.querySelector("#map[data-painted]")) { then(); return; }
    window.requestAnimationFrame(() => whenPainted(then));
  }

  const pick = (keys) => window.dash_clientside.choose.pick({ keys, fly: true });

  /* A row that the reader chose; choices made by `picked` below come from the map. */
  function chosen(event) {
    if (event.source === "api") { return; }
    pick(api.getSelectedRows().slice(-1).map((row) => SITES + row.site_id));
  }

  /* The map lights up the row that a reader has walked to. */
  function walked(event) {
    const row = event.rowIndex === null ? null : api.getDisplayedRowAtIndex(event.rowIndex);
    if (!row) { return; }
    document.dispatchEvent(new CustomEvent("atlas:follow", { detail: { site: row.data.site_id } }));
  }

  function pressed(event) {
    if (!event.event || event.event.key !== "Enter") { return; }
    if (event.column.getColId() === "name") { window.location.assign(pageOf(event.data)); return; }
    pick([SITES + event.data.site_id]);
  }

  /* What is selected, in the table and in the address. */
  function picked(choice) {
    const keys = (choice && choice.keys) || [];
    if (choice) { write(keys); }
    if (!api) { return; }
    const ids = new Set(keys.filter((key) => key.startsWith(SITES)).map((key) => key.slice(SITES.length)));
    const nodes = [...ids].map((id) => api.getRowNode(id)).filter(Boolean);
    api.deselectAll("all", "api");
    api.setNodesSelected({ nodes, newValue: true, source: "api" });
    if (nodes.length && nodes[0].displayed) { api.ensureNodeVisible(nodes[0]); }
  }

  function write(keys) {
    const query = new URLSearchParams(window.location.search);
    if (keys.length) { query.set("show", keys.join()); } else { query.delete("show"); }
    const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    window.history.replaceState(window.history.state, "", window.location.pathname + (text ? "?" + text : ""));
  }

  /* Bars, chips and the button that resets all. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-site-filter]");
    if (!button) { return; }
    const asked = { name: button.dataset.siteFilter, value: button.dataset.siteValue, at: Date.now() };
    window.dash_clientside.set_props("sites-asked", { data: asked });
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    sites_page: {
      /* Returns whether the filters stand open beside a wide map; on a phone they wait folded under it. */
      begin: (asked, fit) => {
        fits = unpacked(fit && fit.fits);
        begin(asked);
        return window.matchMedia("(min-width: 761px)").matches;
      },
      show: (fit) => {
        fits = unpacked(fit && fit.fits);
        if (fit && "which" in fit) { window.dash_clientside.sites.turnTo(fit.which); }
        if (api) { api.onFilterChanged(); }
      },
      columns: (fields) => {
        if (!api || !fields) { return; }
        const wanted = new Set(fields.concat("name"));
        api.getColumns().forEach((column) => {
          api.setColumnsVisible([column.getColId()], wanted.has(column.getColId()));
        });
      },
      picked: (choice) => { picked(choice); },
    },
  });
})();
