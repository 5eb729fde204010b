"""What tests of presentations share."""

from __future__ import annotations

import pytest

from layers.decks import Deck


@pytest.fixture(scope="session")
def deck(atlas) -> Deck:
    """The deck that the atlas comes with."""
    return atlas.decks["first-meeting"]
