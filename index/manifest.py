"""What a file of an index was made from, written beside it and checked before the file is used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.encode import Encoder
from kb.errors import StaleIndexError
from kb.records import Build

MANIFEST_FILE = "manifest.json"
REMEDY = "Run `kb build` again."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made from; one that differs from the knowledge base is refused."""

    model: str
    model_sha256: str
    dimension: int
    rows: int
    passages_sha256: str
    vectors_sha256: str


def write_manifest(
    file: Path, encoder: Encoder, dimension: int, rows: int, passages_sha256: str
) -> None:
    """Write the manifest of a file of an index beside it."""
    manifest = Manifest(
        encoder.name, encoder.sha256, dimension, rows, passages_sha256, _file_hash(file)
    )
    text = json.dumps(asdict(manifest), indent=1) + "\n"
    (file.parent / MANIFEST_FILE).write_text(text, encoding="utf-8")


def checked(file: Path, build: Build) -> Manifest:
    """The manifest of a file, which is this knowledge base's.

    :raises StaleIndexError: the file is missing or changed, or the index is of other passages or
        another model.
    """
    folder = file.parent
    if not (folder / MANIFEST_FILE).exists() or not file.exists():
        raise StaleIndexError(f"There is no vector index in {folder}. {REMEDY}")
    manifest = read_manifest(folder)
    if manifest.vectors_sha256 != _file_hash(file):
        raise StaleIndexError(
            f"{file} is not the file its manifest names; it was changed or cut off. {REMEDY}"
        )
    if manifest.model_sha256 != build.model_sha256:
        raise StaleIndexError(
            f"The index in {folder} was made with {manifest.model}, the knowledge base with "
            f"{build.model}. {REMEDY}"
        )
    if manifest.passages_sha256 != build.passages_sha256:
        raise StaleIndexError(
            f"The index in {folder} is of another build than the knowledge base, which has "
            f"{build.passages} passages. {REMEDY}"
        )
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index.

    :raises StaleIndexError: it cannot be read.
    """
    try:
        return Manifest(**json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StaleIndexError(
            f"{folder / MANIFEST_FILE} cannot be read ({error}). {REMEDY}"
        ) from error


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
