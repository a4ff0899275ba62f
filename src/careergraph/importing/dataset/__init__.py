"""From a source's statements to an imported data set on disk."""
