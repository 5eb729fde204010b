"""Questions about routes and reach: their form in the URL, the controls to ask them, and their answers."""
