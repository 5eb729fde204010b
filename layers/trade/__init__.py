"""Trade between the two countries and the enterprises with capital of the other one.

Reporters disagree, and none of them is corrected: every value stands beside the name of who states it.
"""

from layers.trade.aims import Gauge, gauge, goal, implied_before_usd, outcomes
from layers.trade.baskets import Basket, baskets, loose_commodities
from layers.trade.latest import EnterpriseCounts, enterprises_latest, full_years, latest_full_year, target
from layers.trade.owned import Sectors, enterprise_chart, partial_counts, sectors
from layers.trade.series import (
    GOODS_FLOWS,
    balances,
    flow_statements,
    parts_of_years,
    same_months,
    share_chart,
    year_chart,
)

__all__ = [
    "GOODS_FLOWS",
    "Basket",
    "EnterpriseCounts",
    "Gauge",
    "Sectors",
    "balances",
    "baskets",
    "enterprise_chart",
    "enterprises_latest",
    "flow_statements",
    "full_years",
    "gauge",
    "goal",
    "implied_before_usd",
    "latest_full_year",
    "loose_commodities",
    "outcomes",
    "partial_counts",
    "parts_of_years",
    "same_months",
    "sectors",
    "share_chart",
    "target",
    "year_chart",
]
