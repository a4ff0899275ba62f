"""Moves from one occupation to another, as surveys observe them."""
