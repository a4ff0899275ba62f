"""ESCO, the European classification of skills and occupations, as its CSV downloads have it."""
