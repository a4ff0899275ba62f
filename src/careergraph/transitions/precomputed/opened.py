"""To be described."""

from __future__ import annotations

#: The folder of a data set on disk that has its derived transitions.
NETWORK = "network"
