"""From where somebody stands to a role: steps, routes, gaps and plans."""
