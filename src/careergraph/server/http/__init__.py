"""HTTP for all endpoints: negotiation, limits, problems."""
