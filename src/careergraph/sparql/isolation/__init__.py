"""Processes that may die: their messages and their limits."""
