"""Ids of the components that callbacks of more than one place know."""

ADDRESS = "address"  # assets/shell.js writes it on Back and Forward
NOTE = "note"

# The overview
MAP = "map"
VIEW = "view"
RENDERER = "renderer"
CHANGES = "map-changes"
PICKED = "picked"  # assets/map.js and choose.js write it on a click
CARD = "card"
LEGEND = "legend"
RESET = "reset-filters"
CHIPS = "chips"
FINDING = "finding"
ROWS = "table-rows"
SITE_PAGE = "site-page"  # the table of sites, where it comes by pages; assets/sites.js knows these two
SITE_TURN = "site-turn"

# The map of any other page
SCENE = "scene"
DRAWN_SCENE = "drawn-scene"
PAGE_RENDERER = "page-renderer"
PAGE_PICKED = "page-picked"  # assets/choose.js writes it
PAGE_CARD = "page-card"
PAGE_LEGEND = "page-legend"
PAGE_FINDING = "page-finding"  # the sentence that says what the map shows
MAP_IN_WORDS = "map-in-words"

# What can be chosen on other pages, which folds on a phone too
DRAWER = "drawer"

# What is sought among very many regions in the filter panel; None where all of them are offered
REGIONS_TYPED = "regions-typed"

# Panels of the overview that fold on a phone
PANELS = ("filters-panel", "legend-panel")


def control(name: str) -> str:
    """Id of the control of one filter ("countries", "metric" …)."""
    return f"filter-{name}"


def drop(name: str, value: str) -> dict[str, str]:
    """Id of the button that gives up one value of a filter."""
    return {"type": "drop", "name": name, "value": value}


# The search box; assets/search.js knows these too
SEARCH = "search"
SEARCH_TEXT = "search-text"
SEARCH_ASKED = "search-asked"
SEARCH_LIST = "search-list"
SEARCH_STATUS = "search-status"

# One corridor, and two side by side
CORRIDOR_VIEW = "corridor-view"
CORRIDOR_WAY = "corridor-way"
CORRIDOR_WITHIN = "corridor-within"
STRIP = "strip"
STRIP_SHAPE = "strip-shape"
WAY_PART = "way-part"
WAY_FACTS = "way-facts"
ALONG_PART = "along-part"
WALK_PART = "walk-part"

# Routes and reach; assets/routes.js writes what is asked
PLACE_TYPED = "place-typed"
PLACES_FOUND = "places-found"
ROUTES_ASKED = "routes-asked"
ROUTES_VIEW = "routes-view"
ROUTES_FORM = "routes-form"
ROUTES_FINDING = "routes-finding"
ROUTES_WAYS = "routes-ways"
ROUTES_LINES = "routes-lines"
REACH_ASKED = "reach-asked"
REACH_VIEW = "reach-view"
REACH_FORM = "reach-form"
REACH_FINDING = "reach-finding"
REACH_TABLE = "reach-table"

# The sites; assets/sites_page.js knows these too
SITES_VIEW = "sites-view"
SITES_ROWS = "sites-rows"
SITES_FIT = "sites-fit"
SITES_ASKED = "sites-asked"
SITES_ADDRESS = "sites-address"
SITES_GRID = "sites-grid"
SITES_COLUMNS = "sites-columns"
SITES_PANEL = "sites-panel"
SITES_BARS = "sites-bars"
SITES_CHIPS = "sites-chips"
SITES_FINDING = "sites-finding"
SITES_NOTE = "sites-note"
SITES_REGIONS_TYPED = "sites-regions-typed"  # as REGIONS_TYPED


def site_control(name: str) -> str:
    """Id of the control of one filter of the sites ("countries", "within_km" …)."""
    return f"sites-filter-{name}"
