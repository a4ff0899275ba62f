"""O*NET, the occupational database of the U.S. Department of Labor."""
