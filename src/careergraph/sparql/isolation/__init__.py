"""Processes that may die: what they are told, and what they are allowed."""
