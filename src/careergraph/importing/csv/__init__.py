"""Tables that users write themselves, as CSV files."""
