"""A question -> its answer as an entry: what is quoted is told from what is said around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.answer.compose import as_read
from kb.answer.extract import quote_at
from kb.export.briefing import Cell, Entry, Grid, Quoted, Statement
from kb.export.cited import Sources
from kb.export.items import Item, Translated
from kb.records import Answer, Citation, Claim, Rows
from kb.service import Service

_NUMBERS = re.compile(r"(?:\s*\[\d+\])+\s*$")
_MARKS = '“”"«» '


def answer(item: Item, service: Service, sources: Sources, _: Translated) -> Entry:
    """Ask again, and keep the claims with their words, or the refusal.

    :raises ProofError: a cited stretch is not what its passage says now.
    """
    found = service.ask(item.key)
    if found.abstained:
        return Entry(item, item.key, question=item.key, refusal=found.text)
    numbers = {c.number: _cited(item, c, service, sources) for c in found.citations}
    said = tuple(_statement(claim, found, numbers, service) for claim in found.claims)
    grid = _rows(found.rows, _) if found.rows else None
    return Entry(item, item.key, statements=said, question=item.key, grid=grid)


def _cited(item: Item, citation: Citation, service: Service, sources: Sources) -> int:
    at = (citation.start, citation.end)
    said = quote_at(citation.hit, at, service.knowledge.context)
    return sources.cite_stretch(
        item, citation.hit.passage.id, at, citation.quote, said.speaker if said else None
    )


def _statement(
    claim: Claim, found: Answer, numbers: Mapping[int, int], service: Service
) -> Statement:
    """A claim that quotes one stretch has its words apart; any other keeps its text whole, with
    the words that bear it out below.
    """
    text = _NUMBERS.sub("", claim.text)
    cited = [c for c in found.citations if c.number in claim.citations]
    words = [_words(c, numbers[c.number], service) for c in cited]
    quoted = words[0].text.strip(_MARKS) if len(words) == 1 else ""
    before, there, after = text.rpartition(quoted) if quoted else ("", "", text)
    if there and not after.strip(_MARKS):
        lead = before.rstrip(f"{_MARKS}:")
        return Statement("", (), (replace(words[0], lead=lead),))
    return Statement(text, tuple(numbers[n] for n in claim.citations), tuple(words))


def _words(citation: Citation, number: int, service: Service) -> Quoted:
    hit = citation.hit
    said = quote_at(hit, (citation.start, citation.end), service.knowledge.context)
    return Quoted(
        as_read(citation, service.knowledge),
        (number,),
        hit.passage.language,
        "quote" if said or hit.passage.speaker else "paragraph",
        said.speaker if said else hit.passage.speaker,
        said.role if said else service.knowledge.roles.get(hit.passage.id),
        said.organisation if said else None,
    )


def _rows(rows: Rows, _: Translated) -> Grid:
    """What a counted answer was read from."""
    return Grid(
        _("Rows that the answer was read from"),
        "",
        rows.columns,
        tuple(tuple(_cell(value) for value in row) for row in rows.rows),
        sql=rows.sql,
    )


def _cell(value: object) -> Cell:
    number = float(value) if isinstance(value, (int, float)) else None
    return Cell("" if value is None else str(value), number)
