"""Passages -> stretches: sentences, and rows of tables, that the index finds on their own; and what
the index reads beside a passage's words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.reading import Ids
from kb.excerpt import BREAK, Span, located
from kb.records import (
    Acronym,
    DataCell,
    DataTable,
    Document,
    Figure,
    Participant,
    Passage,
    Record,
    Section,
    Stretch,
    Word,
)  # fmt: skip
from kb.store import rows_by_owner
from kb.text import fold, sentences, stemmed, tokens


def cut_stretches(records: Sequence[Record], ids: Ids) -> list[Stretch]:
    """The stretches of every passage, in reading order."""
    documents = {r.id: r for r in records if isinstance(r, Document)}
    rows = _rows(records)
    captions = {r.passage_id: r.caption for r in records if isinstance(r, DataTable | Figure)}
    sections = {r.id: r for r in records if isinstance(r, Section)}
    people = {r.passage_id: _row_of(r) for r in records if isinstance(r, Participant)}
    passages = [r for r in records if isinstance(r, Passage)]
    asked = _questions(passages)
    made = []
    for passage in passages:
        source = documents[passage.document_id].text
        about = captions.get(passage.id) or _heading(passage, sections)
        for kind, at, words in _parts(passage, rows.get(passage.id, []), source):
            # An item that names a body's people is read as it stands.
            row = people.get(passage.id) if passage.kind == "participant" else None
            reading = ": ".join(filter(None, (about, asked.get(passage.id), row or words)))
            made.append(
                Stretch(ids.next(Stretch), passage.document_id, passage.id, kind, *at, reading)
            )
    return made


def _questions(passages: Sequence[Passage]) -> dict[int, str]:
    """Id of a turn that answers another's question -> the question."""
    found, asker, question = {}, "", ""
    for passage in passages:
        if passage.kind != "turn" or passage.speaker is None:
            question = ""
            continue
        last = passage.clean[slice(*sentences(passage.clean)[-1])] if passage.clean else ""
        if last.endswith("?"):
            asker, question = passage.speaker, last
        elif passage.speaker == asker:
            question = ""
        elif question:
            found[passage.id] = question
    return found


def with_other_forms(records: Sequence[Record]) -> list[Record]:
    """Passages with the acronyms they use written out, the question that a turn answers, and their
    words' stems where the full-text table has no stemmer for their language.
    """
    written_out = {r.acronym: r.expansion for r in records if isinstance(r, Acronym)}
    asked = _questions([r for r in records if isinstance(r, Passage)])
    return [
        replace(r, also=_also(r, written_out, asked.get(r.id, ""))) if isinstance(r, Passage) else r
        for r in records
    ]


def words_of(records: Sequence[Record], ids: Ids) -> list[Word]:
    """The words of all passages and of what stands above them, by language and alphabet."""
    counts = Counter(
        (r.language, word)
        for r in records
        if isinstance(r, Passage)
        for word in set(tokens(r.read))
    )
    return [
        Word(ids.next(Word), word, language, counts[language, word])
        for language, word in sorted(counts)
    ]


def _also(passage: Passage, written_out: Mapping[str, str], asked: str) -> str:
    words = set(passage.clean.replace("(", " ").replace(")", " ").replace(",", " ").split())
    known = sorted(written_out[w] for w in words & written_out.keys())
    here = [full for full in known if fold(full) not in fold(passage.clean)]
    plain = f"{passage.clean} {passage.context} {asked}"
    # The full-text table stems English itself.
    others = [] if passage.language == "en" else stemmed(tokens(plain), passage.language)
    return " ".join([*here, *filter(None, [asked]), *others])


def _heading(passage: Passage, sections: Mapping[int, Section]) -> str:
    """The heading above a passage; of a footnote, which has none, what it is."""
    if passage.section_id is None:
        return passage.context
    path = sections[passage.section_id].path.split(" > ")
    above = path[:-1] if passage.kind == "heading" else path
    return above[-1] if above else ""


Part = tuple[str, Span, str]  # kind, where in the passage's text, reading


def _parts(passage: Passage, rows: Sequence[Sequence[DataCell]], source: str) -> Iterator[Part]:
    shared = Counter(cell.spans for row in rows for cell in row)
    # Of lists side by side, a row of each is read alone.
    apart = [list(own) for row in rows for _, own in groupby(row, key=lambda c: c.row_label)]
    for row in apart:
        # A label that heads several rows belongs to none of them.
        spans = tuple(span for cell in row if shared[cell.spans] == 1 for span in cell.spans)
        at = located(passage.text, passage.spans, source, spans)
        if at:
            yield "row", at, _row(row)
    if not rows:
        for start, end in sentences(passage.text):
            yield "sentence", (start, end), passage.text[start:end].replace(BREAK, "")


def _rows(records: Sequence[Record]) -> dict[int, list[list[DataCell]]]:
    """Id of a table's or figure's passage -> its rows of cells."""
    rows = rows_by_owner(r for r in records if isinstance(r, DataCell))
    return {
        r.passage_id: rows.get((r.table, r.id), [])
        for r in records
        if isinstance(r, DataTable | Figure)
    }


def _row(cells: Sequence[DataCell]) -> str:
    return "; ".join(
        f"{c.column_label}: {c.text}" if c.column_label and c.text != c.row_label else c.text
        for c in cells
    )


def _row_of(row: Participant) -> str:
    named = (row.name, row.job_title, row.organisation, row.sector, row.region)
    return "; ".join(filter(None, named))
