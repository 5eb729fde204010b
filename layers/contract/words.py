"""The closed vocabularies: every word that a table may use, in the order in which legends list them."""

from __future__ import annotations

STATUSES = ("operating", "under-construction", "planned", "study", "announced", "completed", "closed")
VALUE_KINDS = ("actual", "estimate", "target", "plan", "contract", "preliminary", "approx")
LOCATION_PRECISIONS = ("exact", "town", "region-centre")

REGION_KINDS = ("region", "city", "republic", "district")
REGION_INDICATORS = (
    "grp",
    "grp_plan",
    "industrial_output",
    "population",
    "population_estimate",
    "trade_with_uzbekistan",
    "exports_to_uzbekistan",
    "imports_from_uzbekistan",
    "exports",
    "investment",
    "fixed_investment",
    "project_pool",
    "planned_projects",
    "large_projects_started",
    "sugar_output_expected",
)

SITE_KINDS = (
    "joint-cluster",
    "sez",
    "industrial-park",
    "plant",
    "logistics-hub",
    "trade-centre",
    "dry-port",
)
SECTORS = (
    "agro-processing",
    "automotive",
    "building-materials",
    "chemicals",
    "construction",
    "electronics",
    "energy",
    "finance",
    "food",
    "glass",
    "industry",
    "logistics",
    "machinery",
    "metals",
    "mining",
    "oil-gas",
    "pharma",
    "polymers",
    "textiles",
    "tourism",
    "trade",
    "transport",
)
CURRENCIES = ("USD", "EUR", "KZT", "UZS", "RUB", "CNY", "AFN")
PROJECT_VALUE_TYPES = ("single", "aggregate", "aggregate-minimum", "minimum", "converted", "claim")

CORRIDOR_KINDS = ("rail", "multimodal")
CORRIDOR_GROUPS = (
    "trans-caspian",
    "north-south",
    "trans-afghan",
    "cku",
    "china-iran-turkey",
    "northern",
    "kz-uz-links",
    "south-caucasus",
)
CORRIDOR_METRICS = (
    "cargo_volume",
    "container_volume",
    "container_trains",
    "trains",
    "cargo_value",
    "export_value",
    "share",
    "length",
    "distance_saving",
    "capacity",
    "container_capacity",
    "border_throughput",
    "transit_time",
    "border_time",
    "customs_time",
    "time_saving",
    "construction_time",
    "wagons_waiting",
    "tariff",
    "investment_cost",
    "investment_commitment",
    "investment",
    "design_cost",
    "land_cost",
    "loan",
    "land_acquired",
    "track_laid",
    "tunnels_started",
    "tunnels_total",
    "bridges_started",
    "progress",
    "completion",
)
BOUNDS = ("lower", "upper")
NODE_KINDS = ("city", "station", "port", "dry-port", "border-crossing", "shape")
MODES = ("rail", "road", "sea")
CROSSING_MODES = ("road", "rail")
GAUGES_MM = (1000, 1067, 1435, 1520, 1676)
BARRIER_KINDS = (
    "gauge-break",
    "capacity",
    "sea-level",
    "documents",
    "missing-link",
    "sanctions",
    "security",
    "border-delay",
    "tariff",
)

TRADE_FLOWS = ("turnover", "export_uz_to_kz", "import_uz_from_kz", "share_of_uz_trade")
COMMODITY_FLOWS = ("kz_to_uz", "uz_to_kz")
ENTERPRISE_DIRECTIONS = ("kz_capital_in_uz", "uz_capital_in_kz", "joint_in_kz", "joint_both")
CARRIERS = ("gas", "electricity", "oil", "water")
COUNCIL_STAGES = ("held", "not-confirmed")

UNITS = (
    *("persons", "people/day", "vehicles/day"),
    *("km", "tunnels", "bridges"),
    *("hours", "days", "years", "year"),
    *("t", "t/year", "thousand tonnes", "million litres"),
    *("TEU", "TEU/year", "trains", "trains/year", "train pairs/day", "wagons"),
    *("USD", "USD/t", "million USD", "billion USD", "EUR", "AFN", "KZT", "billion KZT", "trillion UZS"),
    *("bcm", "bcm per year", "million m3", "million m3 per day"),
    *("million kWh", "million kWh per year", "kV", "MW"),
    *("%", "percent", "percent growth"),
)
"""Units of the tables that hold several: a misspelt one would split a series."""

ASSUMPTION_UNITS = ("hours", "km/h", "factor")
ASSUMPTION_KINDS = ("sourced", "assumption")

GEOMETRY_KINDS = ("traced", "schematic")
WATER_KINDS = ("sea", "lake")
