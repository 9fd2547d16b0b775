"""How well a knowledge base finds, answers and declines, measured on questions with known answers.

Not for tuning: it changes nothing and is told nothing that a person who asks is not told.
"""
