"""SPARQL queries: run them, with parameters, saved ones, in a process with limits."""
