"""What an import computes from its source: the network's costs and the similarity of occupations."""
