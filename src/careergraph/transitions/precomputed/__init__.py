"""Results that an import has computed, read from disk as needed."""
