"""Renderers: from records to text. They sit on the library; nothing in it imports them.

But for one: a record that a notebook wants to show asks `careergraph.render.notebook`, then and not before.
"""
