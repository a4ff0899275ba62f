"""The JSON API: its questions and its description."""
