"""What the page of trade publishes: charts of flows, the target, goods and enterprises, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

import pandas as pd

from dashboard.evidence.difference_cells import difference_cells, differing, sources_of_differences, sum_cells
from dashboard.evidence.names import ENTERPRISES
from dashboard.export import alt_text
from dashboard.export.kinds import View, chart_of, filter_text, table_of
from dashboard.export.publication import PUBLISHERS, Makers, Publication
from dashboard.export.row_cells import cited
from dashboard.figures.charts import series_chart
from dashboard.figures.trade_charts import parts_of_years_chart
from dashboard.text import N_, Words, speak
from dashboard.trade import goods, target
from dashboard.trade.flows import (
    BALANCE,
    BOTH_STATED,
    PARTS,
    SAME_MONTHS,
    balance_finding,
    parts_finding,
    sum_finding,
    years_finding,
)
from dashboard.trade.ledger import LEDGER, ledger_finding
from dashboard.trade.owned import (
    COUNTS,
    OTHERS_NOTE,
    SECTORS_TITLE,
    counts_finding,
    sectors_chart,
    sectors_finding,
    share_finding,
)
from dashboard.trade.parts import chart_signs
from dashboard.trade.published_cells import (
    balance_cells,
    count_cells,
    flow_cells,
    goods_cells,
    path_cells,
    sector_cells,
    share_cells,
    target_cells,
)
from dashboard.trade.terms import FLOW_TITLES, palette, reporter_text
from dashboard.trade.view import TradeView
from layers import Atlas, evidence
from layers.corridor_series import Chart
from layers.trade import (
    Basket,
    Gauge,
    balances,
    baskets,
    enterprise_chart,
    gauge,
    loose_commodities,
    partial_counts,
    parts_of_years,
    sectors,
    share_chart,
    year_chart,
)
from layers.trade.aims import goals
from layers.trade.baskets import FLOWS as DIRECTIONS

ONE_REPORTER = N_("A series is one reporter; values of two reporters are never joined.")


def publications(atlas: Atlas, given: Mapping[str, str], words: Words) -> Makers:
    """The figures of the page of a flow and a reporter; what is not known of them is not published."""
    view = TradeView.from_query(given, atlas)
    here = View(atlas, words, "/trade" + view.to_query(), _chosen(view, words))
    return dict(_flows(here, view)) | _of_any_choice(atlas, words.language)


def _chosen(view: TradeView, words: Words) -> tuple[str, ...]:
    return filter_text([reporter_text(view.reporter, words)] if view.reporter else [], words)


# Key: the atlas (one object a data version) and the language; what the rest of the page shows is the same for
# every flow and reporter, so it stands at the address of the page alone.
@lru_cache(maxsize=8)
def _of_any_choice(atlas: Atlas, language: str) -> Makers:
    page = View(atlas, speak(language), "/trade")
    return {name: make for part in (_sums, _target, _goods, _owned) for name, make in part(page)}


Made = Iterator[tuple[str, Callable[[], Publication]]]


def _flows(here: View, view: TradeView) -> Made:
    atlas = here.atlas
    chart, parts = _stated(atlas, view.flow, view.reporter)
    if chart:
        yield view.flow_code, partial(_years, here, view, chart)
    if len(parts):
        yield PARTS, partial(_parts, here, view, parts)


@lru_cache(maxsize=32)
def _stated(atlas: Atlas, flow: str, reporter: str) -> tuple[Chart | None, pd.DataFrame]:
    """Whole years and parts of years of a flow; they take long to make."""
    return year_chart(atlas, flow, reporter), parts_of_years(atlas, flow, reporter)


def _sums(here: View) -> Made:
    atlas, words = here.atlas, here.words
    if len(balances(atlas.trade)):
        yield "balance", partial(_balance, here)
    if len(sums := evidence.unequal_sums(atlas)):
        ids = sums[["turnover", "export_uz_to_kz", "import_uz_from_kz"]].to_numpy().ravel()
        yield (
            "sums",
            lambda: table_of(
                here,
                sum_cells(atlas, words),
                words("Parts that do not add up exactly"),
                cited(atlas.trade.loc[ids]),
                name="sums",
                subtitle=sum_finding(atlas, words),
            ),
        )


def _years(here: View, view: TradeView, chart: Chart) -> Publication:
    title = here.words("{flow}: whole years", flow=here.words(FLOW_TITLES[view.flow]))
    rows = _rows(chart.statements, here.atlas.trade)
    told = years_finding(chart, here.words)
    return _series(here, chart, title, told, flow_cells(rows, here.words), view.flow_code)


def _rows(statements: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the data that statements are made of, in the order of time."""
    ordered = statements.sort_values(["year", "row"], kind="stable")
    return table.loc[[one for ids in ordered["metric_ids"] for one in ids]]


def _series(here: View, chart: Chart, title: str, told: str, table: list, name: str) -> Publication:
    """A chart over time, with a line for each reporter at most."""
    atlas, words = here.atlas, here.words
    colours = palette(atlas)
    return chart_of(
        here,
        lambda: series_chart(chart, words, colours),
        title,
        table,
        cited(chart.statements),
        name=name,
        subtitle=told,
        alt=alt_text.of_chart(title, told, chart.statements, words),
        signs=chart_signs(chart, words, colours),
        notes=(words(ONE_REPORTER),),
    )


def _parts(here: View, view: TradeView, parts: pd.DataFrame) -> Publication:
    atlas, words = here.atlas, here.words
    title, told = (
        words("{flow}: parts of years", flow=words(FLOW_TITLES[view.flow])),
        parts_finding(parts, words),
    )
    return chart_of(
        here,
        lambda: parts_of_years_chart(parts, words, palette(atlas)),
        title,
        flow_cells(_rows(parts, atlas.trade), words),
        cited(parts),
        name=PARTS,
        subtitle=told,
        alt=alt_text.of_chart(title, told, parts, words),
        notes=(words(SAME_MONTHS),),
        stretches=False,
    )


def _balance(here: View) -> Publication:
    atlas, words = here.atlas, here.words
    rows = balances(atlas.trade)
    return table_of(
        here,
        balance_cells(atlas, words),
        words(BALANCE),
        cited(atlas.trade.loc[[*rows["export_id"], *rows["import_id"]]]),
        name="balance",
        subtitle=balance_finding(rows, words),
        notes=(words(BOTH_STATED),),
    )


def _target(here: View) -> Made:
    atlas, words = here.atlas, here.words
    if way := gauge(atlas.trade):
        yield "path", partial(_path, here, way)
    rows = goals(atlas.trade)
    if len(rows):
        yield (
            "targets",
            lambda: table_of(
                here, target_cells(atlas, words), words(target.TARGETS_TITLE), cited(rows), name="targets"
            ),
        )


def _path(here: View, way: Gauge) -> Publication:
    atlas, words = here.atlas, here.words
    years = year_chart(atlas, "turnover")
    results, aims = _rows(years.statements, atlas.trade), goals(atlas.trade)
    told = f"{target.finding(atlas, words)} {target.path_finding(way, words)}"
    return chart_of(
        here,
        lambda: target.path_figure(atlas, words),
        words("Turnover: {title}", title=target.path_title(way, words)),
        path_cells(way, results, aims, words),
        cited(pd.concat([results, aims])),
        name="path",
        subtitle=told,
        signs=target.path_signs(way, words),
    )


def _goods(here: View) -> Made:
    rows = here.atlas.trade_commodities
    for flow in DIRECTIONS:
        for basket in baskets(rows, flow):
            yield goods.basket_name(basket), partial(_basket, here, basket)
        if len(loose := loose_commodities(rows, flow)):
            yield goods.single_name(flow), partial(_single, here, flow, loose)


def _basket(here: View, basket: Basket) -> Publication:
    words = here.words
    return chart_of(
        here,
        lambda: goods.basket_chart(basket, words),
        goods.basket_title(basket, words),
        goods_cells(basket.rows, words),
        cited(basket.rows),
        name=goods.basket_name(basket),
        subtitle=goods.basket_finding(basket, words),
        stretches=False,
    )


def _single(here: View, flow: str, loose: pd.DataFrame) -> Publication:
    return table_of(
        here,
        goods_cells(loose, here.words),
        goods.single_title(flow, here.words),
        cited(loose),
        name=goods.single_name(flow),
        notes=(here.words(goods.NO_ONE_SCALE),),
    )


def _owned(here: View) -> Made:
    """Enterprises, Kazakhstan's share, and the ledger of what is stated differently."""
    atlas, words = here.atlas, here.words
    for direction, name in COUNTS.items():
        if chart := enterprise_chart(atlas, direction):
            yield name, partial(_counts, here, chart, direction)
    if found := sectors(atlas.enterprises):
        yield (
            "sectors",
            lambda: chart_of(
                here,
                lambda: sectors_chart(found, words),
                words(SECTORS_TITLE),
                sector_cells(found, words),
                cited(found.rows),
                name="sectors",
                subtitle=sectors_finding(found, words),
                stretches=False,
            ),
        )
    others = partial_counts(atlas.enterprises)
    if len(others):
        table = partial(count_cells, others, atlas, words)
        title, notes = words("Other counts of enterprises"), (words(OTHERS_NOTE),)
        yield (
            "other-counts",
            lambda: table_of(here, table(), title, cited(others), name="other-counts", notes=notes),
        )
    if share := share_chart(atlas):
        yield "share", partial(_share, here, share)
    if len(differing(LEDGER, atlas)):
        yield "ledger", partial(_ledger, here)


def _counts(here: View, chart: Chart, direction: str) -> Publication:
    words = here.words
    table = count_cells(_rows(chart.statements, here.atlas.enterprises), here.atlas, words)
    told = counts_finding(chart, words)
    return _series(here, chart, words(ENTERPRISES[direction]), told, table, COUNTS[direction])


def _share(here: View, chart: Chart) -> Publication:
    words = here.words
    table = share_cells(_rows(chart.statements, here.atlas.trade), words)
    title = words("Kazakhstan's share of Uzbekistan's trade")
    return _series(here, chart, title, share_finding(chart, words), table, "share")


@lru_cache(maxsize=2)
def _number_of_differences(atlas: Atlas) -> int:
    return int(differing(LEDGER, atlas)["group"].nunique())


def _ledger(here: View) -> Publication:
    atlas, words = here.atlas, here.words
    return table_of(
        here,
        difference_cells(LEDGER, atlas, words),
        words("Trade: where sources disagree"),
        sources_of_differences(LEDGER, atlas),
        name="ledger",
        subtitle=ledger_finding(_number_of_differences(atlas), words),
        notes=(words("The atlas shows both as stated and does not say who is right."),),
    )


PUBLISHERS["/trade"] = publications
