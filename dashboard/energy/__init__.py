"""What the page of energy shows: flows on the map, their figures over time, lines, plants and projects."""
