"""Salaries in AI and data jobs, as people report them."""
