"""SPARQL endpoints elsewhere."""
