"""careergraph: an open knowledge graph of careers in AI, and the tools to query it."""

__version__ = "0.1.0"
