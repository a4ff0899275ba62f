"""One module a format that the graph is written in."""
