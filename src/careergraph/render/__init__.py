"""Renderers: from records to text. The folders below do not import them.

Records are displayed in notebooks by `careergraph.render.notebook`, which `careergraph.load` registers with them.
"""
