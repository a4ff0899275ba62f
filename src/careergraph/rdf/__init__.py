"""RDF and SPARQL as text and terms: vocabulary, prefixes, parsing, queries and results."""
