"""What the pages of the evidence publish."""

from __future__ import annotations

from dashboard.evidence.published_changes import what_changed
from dashboard.evidence.published_sources import list_of_sources
from dashboard.export.publication import PUBLISHERS

PUBLISHERS["/sources"] = list_of_sources
PUBLISHERS["/changes"] = what_changed
