"""What the overview says before any script of its own has run."""

from dashboard.explorer import sites_section
from dashboard.filters import Filters
from dashboard.plain import Plain, trees
from dashboard.text import speak
from layers import Atlas


def rows_shown(query: str, atlas: Atlas) -> list[str]:
    """Ids of the sites whose rows are seen."""
    section = sites_section(Filters.from_query(query, atlas), atlas, speak("en"))
    found = []

    def look(tree: object) -> None:
        if isinstance(tree, list):
            if tree[0] == "tr" and "data-key" in tree[1] and not tree[1].get("hidden"):
                found.append(tree[1]["data-key"])
            for inside in tree[2:]:
                look(inside)

    for tree in trees(Plain(section)):
        look(tree)
    return found


def test_the_table_opens_with_the_sites_that_fit(atlas):
    of_kind = list(atlas.sites.index[atlas.sites["kind"] == "dry-port"])
    assert 0 < len(of_kind) < len(atlas.sites)
    assert rows_shown("?kind=dry-port", atlas) == of_kind
    assert rows_shown("", atlas) == list(atlas.sites.index)
