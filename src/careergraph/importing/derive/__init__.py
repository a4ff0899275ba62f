"""Results that an import computes: the costs of steps and the similarity of occupations."""
