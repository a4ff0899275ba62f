"""Plans: which courses and milestones close a gap, in which order, and when."""
