"""The Occupational Employment and Wage Statistics of the U.S. Bureau of Labor Statistics."""
