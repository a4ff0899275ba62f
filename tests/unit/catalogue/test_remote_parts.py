"""Of an endpoint, one question reads what it is about, in few requests, and is answered as by all there is."""

from __future__ import annotations
