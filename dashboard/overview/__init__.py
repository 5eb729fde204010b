"""What the overview publishes."""
