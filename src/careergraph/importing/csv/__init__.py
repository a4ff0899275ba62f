"""Tables of a person's own, as CSV files or sheets."""
