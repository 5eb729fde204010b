"""What the pages of the Council show: its story, the projects, the priorities, the barriers, the agenda."""
