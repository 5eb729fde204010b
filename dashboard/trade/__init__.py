"""The page of trade: its parts."""
