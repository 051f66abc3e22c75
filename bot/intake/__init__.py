"""Takes updates in, durably, and lets each change the neighbourhood in one transaction."""
