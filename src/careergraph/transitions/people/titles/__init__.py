"""Job titles as people write them, and the positions that they stand for."""
