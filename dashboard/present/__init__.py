"""Presentations: decks as slides for the browser, for PowerPoint and for paper."""
