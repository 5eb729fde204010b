"""How to read each page: a few sentences under its finding, in the register of all pages."""

from __future__ import annotations

from dash import html

from dashboard.plain import Plain
from dashboard.text import N_, Words

NUMBERS = N_(
    "A dotted underline means that a click on the number shows its source: publisher, title, link and date. "
    "“Computed” means that the atlas has worked the number out; a click says how and from what."
)
STATUS = N_(
    "Solid lines are operating, long dashes are under construction, short dashes are planned, dots are only "
    "studied; colour alone never says the status."
)
PLACES = N_(
    "A filled disc is a site whose place or town is known, a small one is only planned; a hollow one stands "
    "at the centre of its region, because our sources say no more."
)
NO_DATA = N_("“No data” and “not known” mean that our sources say nothing; they never mean zero.")
SERIES = N_(
    "Actual values are full points; estimates, targets and plans are hollow or dashed. Two reporters are "
    "never joined by a line, and where they disagree both are shown."
)
STRIP = N_(
    "The strip is the same way pulled straight: kilometres along it, and beside the line bands for country, "
    "gauge, mode and status. Walk it place by place with the arrow keys where a page offers that."
)
SCORES = N_(
    "A bar of the chart reaches from the best to the worst place that a project may take, with a dot at the "
    "middle; the less is known of a project, the longer its bar."
)

HOW_TO_READ: dict[str, tuple[str, ...]] = {
    "/": (
        N_(
            "The map shows regions, industrial sites, transport corridors, border crossings and energy "
            "lines; “Filters and layers” says which of them. Regions are shaded by a measure of your choice, "
            "darker for more, and a total is a circle by area."
        ),
        STATUS,
        PLACES,
        NUMBERS,
        N_("Grey means no data, which is never zero."),
    ),
    "/corridors": (
        N_(
            "Each corridor is a sequence of lines from end to end; on the map its colour is that of its "
            "group of corridors. Point at a row and its corridor lights up on the map, and the other way "
            "round."
        ),
        STATUS,
        N_("Where sources state different lengths or volumes, all of them stand in the row."),
        NUMBERS,
    ),
    "/corridors/<corridor_id>": (
        N_(
            "The map shows one corridor, and the figures are those of one way along it from end to end; "
            "other ways are chosen above."
        ),
        STRIP,
        STATUS,
        SERIES,
        NUMBERS,
    ),
    "/corridors/compare": (
        N_(
            "Both ways are drawn to the same scale of kilometres, one above the other; what they share is "
            "shaded on both."
        ),
        STATUS,
        N_(
            "The table sets their figures side by side; lengths and counts are computed from the same lines "
            "that the map shows."
        ),
        NUMBERS,
    ),
    "/routes": (
        N_(
            "Each card is one way between the two places, best first by what you rank by; its number and "
            "colour are the same on the map and on the strip."
        ),
        N_(
            "Kilometres are computed along the lines. Hours and costs rest on assumptions with a range, "
            "which are listed on the page and can be changed."
        ),
        STRIP,
        N_(
            "“What if” closes or opens a link and shows what changes; it says nothing about what will happen."
        ),
        NUMBERS,
    ),
    "/reach": (
        N_(
            "Regions are shaded by their way from the centre of the region to the nearest gateway, such as a "
            "sea port or a border: the darker, the further."
        ),
        N_(
            "All values are computed along the lines of the atlas; hours and costs rest on assumptions that "
            "the page lists. With a link closed or opened, the shades may also show the difference."
        ),
        N_("Grey means that no way is known, which is no short way."),
    ),
    "/sites": (
        N_("Every row of the table is a disc on the map, coloured by the kind of site; filters act on both."),
        PLACES,
        N_(
            "Areas, jobs and investments are those stated by the source of the site, plans included; "
            "distances are computed in a straight line."
        ),
        NO_DATA,
    ),
    "/sites/<site_id>": (
        N_(
            "The map shows the surroundings of one site. A hollow disc means that only the town or the "
            "region is known, so all distances from it are approximate."
        ),
        N_("Distances are computed in a straight line from the place of the site, not along roads."),
        NUMBERS,
        NO_DATA,
    ),
    "/regions": (
        N_(
            "All regions are ranked by one measure, and the map shades them by the same: darker is more. The "
            "bars are on one scale; a hatched bar means no data."
        ),
        N_(
            "“None known” means that our sources name none, not that there is none. The two countries may "
            "count the same thing differently, so compare within a country first."
        ),
        NUMBERS,
    ),
    "/regions/<region_id>": (
        N_("The page gathers what the atlas holds about one region: figures, sites, crossings and projects."),
        N_(
            "In the comparison each dot is a region of the same country, the upright line is the median, and "
            "the large dot is this region."
        ),
        NUMBERS,
        NO_DATA,
    ),
    "/pairs": (
        N_(
            "Each cell is a pair of an Uzbek and a Kazakh region: the darker, the more joint projects or "
            "stated dollars. A frame marks pairs that share a border."
        ),
        N_(
            "An empty cell means that our sources name no project, not that there is none. A project of "
            "several regions counts in each of its cells, so cells do not add up."
        ),
        N_("A question mark is a project without a stated value. Click a cell for the page of the pair."),
    ),
    "/pairs/<uz_region_id>/<kz_region_id>": (
        N_(
            "The page gathers what joins two regions: projects, crossings, and the way between their centres."
        ),
        STRIP,
        N_("Distances are computed along the lines of the atlas; values of projects are those stated."),
        NUMBERS,
    ),
    "/trade": (
        N_(
            "The charts show the trade of the two countries as each of them reports it: a series is one "
            "reporter, and the two may differ."
        ),
        SERIES,
        N_(
            "The gauge shows how much of the target the last full year has reached; the paths to the target "
            "are computed and are no forecast."
        ),
        NUMBERS,
        NO_DATA,
    ),
    "/energy": (
        N_(
            "Lines on the map are pipelines and power lines in the colour of what they carry; their courses "
            "are schematic. Arrows are flows, as wide as the amount."
        ),
        N_(
            "Full arrows and boxes are actual amounts, hatched ones are contracts, dashed ones are plans. "
            "Amounts of different units never share a scale."
        ),
        NUMBERS,
        NO_DATA,
    ),
    "/council": (
        N_(
            "The page tells what is known of the Council and lists the joint projects that sources name; "
            "filters act on the list, the bars and the sums."
        ),
        N_(
            "Sums count single projects with a stated value; totals that governments state for many projects "
            "stand apart and are never added to them."
        ),
        N_("“Not confirmed” means that no source says whether it took place."),
        NUMBERS,
    ),
    "/council/priorities": (
        N_(
            "Projects are ordered by a score from six criteria; move the weights and the order follows. It "
            "is a way to see what follows from the weights, no recommendation."
        ),
        SCORES,
        N_("Colours say whether a project is among the first ten in any case, perhaps, or in no case."),
        NO_DATA,
    ),
    "/council/barriers": (
        N_(
            "The register lists what hinders traffic on the corridors: each barrier with its kind, its place "
            "and its sources; on the map each stands at its place."
        ),
        N_(
            "What a barrier costs is computed: how many ways get shorter without it, and by how much. Where "
            "the network cannot say, the reason stands in place of the number."
        ),
        NUMBERS,
    ),
    "/council/agenda": (
        N_(
            "Put projects, barriers and views in order, and the page makes a paper of them, with a source "
            "for every number."
        ),
        N_("The agenda is in the address of the page: copy the address to keep it or to pass it on."),
        NUMBERS,
    ),
    "/sources": (
        N_(
            "Every source of the atlas stands here with its publisher, date and link, and with what rests on "
            "it."
        ),
        N_(
            "Where sources disagree, both values stand with their names; the atlas takes neither side "
            "without saying so."
        ),
        N_("“General knowledge” is used only for places, names and long-standing lines, and has no link."),
    ),
    "/presentations": (
        N_(
            "“Present” opens a presentation on the whole screen: arrow keys and clickers go through its "
            "scenes, P opens the window of the speaker, ? tells all keys."
        ),
        N_(
            "PowerPoint gives slides that can be edited, the handout two scenes a page with notes, and the "
            "HTML file plays on any computer by a double click."
        ),
        N_(
            "Your own presentation is made of figures and cards that you add anywhere in the atlas. In its "
            "fields Alt with the arrow up or down moves a scene."
        ),
        N_("Figures are drawn from the data each time, so a saved file shows the newest ones."),
    ),
    "/changes": (
        N_(
            "The page compares two versions of the data row by row: what was added, what was taken out, and "
            "which values are different now."
        ),
        N_("A changed value stands beside the old one."),
        N_("A difference between versions is a difference of what we know, not always of what has happened."),
    ),
    "/print": (
        N_(
            "The sheet shows the view you came from as vectors, with legend, scale bar, sources, date and "
            "disclaimer. Choose a size, give it a title, then print it or save it."
        ),
        STATUS,
        N_("The map is in an equal-area projection, so sizes can be compared; grey means no data."),
    ),
}
"""By the path of the page, or its template: what it shows, how its looks are read, what its words mean."""

WITHOUT = ("/404",)
"""Pages that show nothing to read."""


def how_to_read(path: str, words: Words) -> Plain:
    """The sentences of a page, folded under a heading; `path` is its path or template."""
    said = [html.P(words(message)) for message in HOW_TO_READ[path]]
    return Plain(html.Details([html.Summary(words("How to read this")), *said], className="how-to-read"))
