"""What the pages of corridors show: the list, one corridor, two side by side."""
