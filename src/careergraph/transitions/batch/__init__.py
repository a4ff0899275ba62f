"""The same question asked of many people: from a file of people to a folder of answers."""
