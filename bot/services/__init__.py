"""Use cases: one function is one thing that a person or a timer does."""
