"""The page of all sites and the page of each one."""
