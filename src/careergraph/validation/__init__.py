"""Whether data is as the ontology's shapes say."""
