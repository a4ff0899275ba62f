"""The graph explorer: a view of the graph as one page of HTML that needs nothing else."""
