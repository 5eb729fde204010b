"""What the page of energy calls its carriers."""

from __future__ import annotations

from dashboard.text import N_

CARRIERS = {
    "gas": N_("gas"),
    "electricity": N_("electricity"),
    "oil": N_("oil"),
    "water": N_("water"),
}
HEADINGS = {
    "gas": N_("Gas"),
    "electricity": N_("Electricity"),
    "oil": N_("Oil"),
    "water": N_("Water"),
}
