"""The graph over HTTP: SPARQL 1.1 Protocol, a JSON API, and pages."""
