"""The career map: positions in lanes and columns, and the moves between them, as a picture and as nested lists."""
