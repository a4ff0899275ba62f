"""What an import has computed, read from disk as it is needed."""
