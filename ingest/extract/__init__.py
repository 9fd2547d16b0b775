"""One module per kind of record: what it looks for in a Reading, and the rows it returns."""
