"""The pieces of the page about sources: what rests on them, where they differ, how old figures are."""
