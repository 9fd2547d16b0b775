"""Plain text: bytes -> decoded characters, unchanged."""

from __future__ import annotations

from pathlib import Path

from kb.errors import SourceError

SUFFIXES = (".txt", ".text")
MEDIA_TYPE = "text/plain"


def read(path: Path, content: bytes) -> str:
    """Decode a text file. A byte order mark is dropped, line ends stay as they are.

    :raises SourceError: the file is empty, binary, not UTF-8, or has no words.
    """
    if not content:
        raise SourceError(f"{path}: the file is empty. Give a text with words, or leave it out.")
    if b"\x00" in content:
        raise SourceError(
            f"{path}: byte {content.index(0)} is NUL, so this is no text file. Export the document "
            f"as UTF-8 text."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError(
            f"{path}: line {line} is not UTF-8 (byte {content[error.start]:#04x}). Save the file "
            f"as UTF-8 and build again."
        ) from error
    if not any(c.isalnum() for c in text):
        raise SourceError(
            f"{path}: no words in {len(text)} characters. Give a text with words, or leave it out."
        )
    return text
