"""What we know and how people reach it: records, store, proof, answers, commands, pages."""

__version__ = "0.1.0"
