"""Renderers: from records to text. They sit on the library; nothing in the library imports them."""
