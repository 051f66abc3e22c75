"""Tables, the unit of work and one file of statements per noun; knows no chat."""
