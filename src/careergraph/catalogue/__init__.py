"""What a data set says, as typed records: nodes and their names, claims, ratings, courses, and the search for them."""
