"""Files and folders -> sources: what is read, by which reader, and its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers import plain
from kb.errors import SourceError

Reader = Callable[[Path, bytes], str]
# suffix -> (reader, media type); a new format is one module and one entry
READERS: dict[str, tuple[Reader, str]] = {
    suffix: (plain.read, plain.MEDIA_TYPE) for suffix in plain.SUFFIXES
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name as cited, its text as the reader gave it, the SHA-256 of its
    bytes.
    """

    name: str
    media_type: str
    text: str
    sha256: str


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and those with a known suffix in the folders that are named,
    sorted.

    :raises SourceError: a path does not exist, has no known suffix, or a folder has nothing to
        read.
    """
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: there is no such file or folder. Check the path.")
        if path.is_dir():
            found = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS
            )
            if not found:
                raise SourceError(
                    f"{path}: no file to read in this folder. Known formats: {_known()}."
                )
            files += found
        elif path.suffix.lower() in READERS:
            files.append(path)
        else:
            raise SourceError(
                f"{path}: no reader for “{path.suffix or 'no suffix'}”. Known formats: {_known()}."
            )
    return list(dict.fromkeys(files))


def read_source(path: Path) -> Source:
    """Read one file.

    :raises SourceError: the file cannot be opened or read as its format.
    """
    reader, media_type = READERS[path.suffix.lower()]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path}: {error.strerror or error}. Check that you may read the file."
        ) from error
    return Source(path.name, media_type, reader(path, content), hashlib.sha256(content).hexdigest())


def fingerprint(files: Sequence[Path]) -> str:
    """SHA-256 over names and bytes of the files: whether a rebuild has anything to do."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\x00".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _known() -> str:
    return ", ".join(READERS)
