"""Chat: reads an update, calls one service, lets letters answer. Order of handlers counts."""
