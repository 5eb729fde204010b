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
