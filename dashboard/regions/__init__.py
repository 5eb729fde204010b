"""What the pages of regions show: the ranking by any metric, and the profile of one region."""
