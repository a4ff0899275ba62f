"""People as origins: CVs, and what is named by hand."""
