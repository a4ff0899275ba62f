"""CVs in every format that people have them in, as text and as JSON Resume."""
