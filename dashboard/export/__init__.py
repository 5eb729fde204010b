"""Figures as files that need no retouching: one figure of one view in one language, in any format."""
