"""One module per source format: bytes -> text. ingest/sources.py lists them by file suffix."""
