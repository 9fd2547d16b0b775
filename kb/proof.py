"""Proof that a knowledge base says what its documents say, and that its rows and its full-text
index agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Protocol, runtime_checkable

from kb.excerpt import Spans
from kb.records import RECORD_TYPES, Build, Coverage, Document, Passage, Record
from kb.schema import FULL_TEXT
from kb.store import Store, passages_hash
from kb.text import squeeze

# The field that holds a record's own words: the first of these that the record has and fills.
WORDS = ("text", "row_text", "title", "caption", "heading")
LEAST_COVERAGE = 0.99


@runtime_checkable
class Spanned(Protocol):
    """A record that says where in its document its words stand."""

    @property
    def document_id(self) -> int: ...
    @property
    def spans(self) -> Spans: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was checked, how many of how many hold, and the first that does not."""

    what: str
    good: int
    total: int
    example: str | None = None

    @property
    def holds(self) -> bool:
        return self.good == self.total


def prove(store: Store) -> list[Finding]:
    """Every check on the database file, in a fixed order."""
    texts = {d.id: d.text for d in store.all(Document)}
    findings = [
        _spans(store, record_type, texts) for record_type in RECORD_TYPES if _is_proved(record_type)
    ]
    return [
        *findings,
        *_coverage(store, texts),
        _keys(store),
        _full_text(store),
        _passages_hash(store),
    ]


def words_of(record: Record) -> str:
    """A record's own words, which its spans must select."""
    return next((value for name in WORDS if (value := getattr(record, name, None))), "")


def selected(record: Record, text: str) -> str:
    """What a record's spans select in the text of its document."""
    assert isinstance(record, Spanned), type(record)  # only records with spans are proved
    return "".join(text[a:b] for a, b in record.spans)


def is_verbatim(record: Record, text: str) -> bool:
    """Whether a record's spans select its own words, white space apart."""
    cut = squeeze(selected(record, text))
    return bool(cut) and cut == squeeze(words_of(record))


def _is_proved(record_type: type[Record]) -> bool:
    names = {f.name for f in fields(record_type)}
    return "spans" in names and bool(names & set(WORDS)) and record_type is not Coverage


def _spans(store: Store, record_type: type[Record], texts: dict[int, str]) -> Finding:
    good, example = 0, None
    records = store.all(record_type)
    for record in records:
        assert isinstance(record, Spanned), record_type  # _is_proved lets no other type in
        text = texts.get(record.document_id, "")
        if is_verbatim(record, text):
            good += 1
        elif example is None:
            cut = selected(record, text)
            example = (
                f"row {record.id} says “{words_of(record)[:60]}”, the document says “{cut[:60]}”"
            )
    return Finding(f"{record_type.table}: words stand in the document", good, len(records), example)


def _coverage(store: Store, texts: dict[int, str]) -> Iterator[Finding]:
    rows = store.all(Coverage)
    for document_id, text in texts.items():
        owned = bytearray(len(text))
        twice = 0
        for row in rows:
            if row.document_id == document_id:
                for a, b in row.spans:
                    twice += sum(owned[i] for i in range(a, b) if not text[i].isspace())
                    owned[a:b] = b"\x01" * (b - a)
        solid = [i for i, c in enumerate(text) if not c.isspace()]
        held = sum(owned[i] for i in solid)
        lost = next((i for i in solid if not owned[i]), None)
        example = (
            None if lost is None else f"first lost at {lost}: “{text[lost : lost + 60].strip()}”"
        )
        least = -(-len(solid) * LEAST_COVERAGE // 1)
        yield Finding(
            f"document {document_id}: {held} of {len(solid)} characters accounted for",
            int(held >= least and not twice),
            1,
            example,
        )


def _keys(store: Store) -> Finding:
    broken = store.rows("pragma foreign_key_check")
    example = (
        f"{broken[0]['table']} row {broken[0]['rowid']} points to no row of {broken[0]['parent']}"
        if broken
        else None
    )
    return Finding("keys point to rows", int(not broken), 1, example)


def _full_text(store: Store) -> Finding:
    rows = store.rows(
        f"select p.id from passages p left join {FULL_TEXT} f on f.rowid = p.id where f.clean is "
        f"not p.clean or f.context is not p.context or f.also is not p.also"
    )
    extra = store.rows(
        f"select rowid from {FULL_TEXT} where rowid not in (select id from passages)"
    )
    total = len(store.rows("select 1 from passages"))
    example = f"passage {(rows or extra)[0][0]} differs" if rows or extra else None
    return Finding(
        "full-text index holds the passages", total - len(rows) - len(extra), total, example
    )


def _passages_hash(store: Store) -> Finding:
    builds = store.all(Build)
    found = passages_hash(store.all(Passage))
    same = bool(builds) and builds[0].passages_sha256 == found
    return Finding(
        "passages are those of the build",
        int(same),
        1,
        None if same else f"hash {found[:16]} is not the build's",
    )
