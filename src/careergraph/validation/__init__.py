"""Validation: whether data conforms to the ontology's shapes."""
