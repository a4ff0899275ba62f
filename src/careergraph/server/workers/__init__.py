"""The processes in which the server answers."""
