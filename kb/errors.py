"""Errors for the person who reads them: what was found, where, and what to do.

The command line and the web pages show the text of a KBError; any other exception is a bug and
keeps its traceback.
"""


class KBError(Exception):
    """The base of every error that a user can mend."""


class SourceError(KBError):
    """A source file cannot be read as text."""


class ProofError(KBError):
    """A record's words do not stand in its document, or rows and index disagree."""


class StaleIndexError(KBError):
    """The vector index belongs to other passages or another model."""


class QuestionError(KBError):
    """A question or filter is outside the bounds that the pages state."""


class MissingPartError(KBError):
    """A library or model file that this command needs is not installed."""
