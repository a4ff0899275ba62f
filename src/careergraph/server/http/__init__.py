"""What HTTP asks of every answer: negotiation, limits, problems."""
