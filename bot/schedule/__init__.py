"""What the clock has to do."""
