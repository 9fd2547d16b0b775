"""What we know and how people reach it: records, store, proof, answers, command line and web pages."""

__version__ = "0.1.0"
