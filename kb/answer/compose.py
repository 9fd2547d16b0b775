"""Question + hits -> an answer: the stretches that answer, word for word, each with its citation;
or a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.answer import phrases
from kb.answer.choose import POINTS_BACK, chosen
from kb.answer.decline import Refusal, asks_no_more, unanswered, unknown, unreadable
from kb.answer.extract import Candidate, Context, all_of, candidates, is_signature, quote_at
from kb.answer.fits import fitting, with_likelier
from kb.answer.known import Known
from kb.answer.tabled import Tables, extreme, tabled
from kb.question import Query
from kb.records import Answer, Citation, Claim, Hit, Recommendation

MAX_QUESTION = 1000  # characters
MAX_WORDS = 115  # of an answer
LIST_WORDS = 118  # of one that lists; longer once a reader asks for it


@dataclass(frozen=True, slots=True, repr=False)
class Knowledge:
    """What the answerer may ask of the knowledge base."""

    known: Known
    context: Context
    roles: Mapping[int, str]  # passage id -> role of its speaker
    recommendations: Mapping[int, Recommendation]  # passage id -> the one it is a part of
    tables: Tables
    sole: str = ""  # title of the only document; an answer need not name it


def answer(query: Query, hits: Sequence[Hit], knowledge: Knowledge) -> Answer:
    """Answer a question from hits, or decline with a reason."""
    refused = unreadable(query, MAX_QUESTION) or unknown(query, knowledge.known)
    if refused:
        return declined(query, hits, refused)
    if read := tabled(query, hits, knowledge.tables):
        return read
    found = candidates(query, hits, knowledge.context)
    theirs = all_of(query, found)
    fit = theirs or fitting(query, found, knowledge.known)
    if asks_no_more(query):  # it is given as it stands
        fit.sort(key=lambda c: (c.hit.passage.position, c.start))
    refused = None if theirs else unanswered(query, fit, found, knowledge.known)
    if refused:
        return declined(query, hits, refused)
    kept = chosen(query, theirs or with_likelier(query, fit, found), knowledge.context)
    if kept[0].row and (read := extreme(query, hits, kept[0].hit.passage.id, knowledge.tables)):
        return read
    return _composed(query, kept, hits, knowledge)


def declined(query: Query, hits: Sequence[Hit], refused: Refusal) -> Answer:
    """A refusal as an answer; the nearest passages are shown all the same."""
    text = phrases.refusal(refused.reason, query.language, refused.missing, refused.there)
    return Answer(query.text, query.language, text, (), (), tuple(hits), refused.reason)


def _composed(
    query: Query, kept: Sequence[Candidate], hits: Sequence[Hit], knowledge: Knowledge
) -> Answer:
    room = LIST_WORDS if query.own.asks_list else MAX_WORDS
    named = {knowledge.sole}  # documents are named once
    citations: list[Citation] = []
    claims: list[Claim] = []
    for candidate in kept:
        citation = Citation(len(claims) + 1, candidate.hit, candidate.start, candidate.end)
        lead = _lead(citation, knowledge, query.language, named)
        words = phrases.quoted(as_read(citation, knowledge), query.language)
        quoted = _row_below(candidate, lead) if candidate.row else words
        claim = Claim(f"{lead}: {quoted} [{citation.number}]", (citation.number,))
        room -= len(claim.text.split())
        if claims and room < 0:
            break
        named.add(citation.hit.document)
        citations.append(citation)
        claims.append(claim)
    text = " ".join(c.text for c in claims)
    return Answer(query.text, query.language, text, tuple(claims), tuple(citations), tuple(hits))


def _row_below(candidate: Candidate, lead: str) -> str:
    """A row with its labels, without the heading that says where it is if that is said already."""
    heading = (candidate.hit.section or "").split(" > ")[-1]
    is_said = bool(heading) and lead.endswith(heading)
    return candidate.row.removeprefix(f"{heading}: ") if is_said else candidate.row


def _lead(citation: Citation, knowledge: Knowledge, language: str, named: set[str]) -> str:
    """Who says it, or what it stands under, and where."""
    hit = citation.hit
    at = (citation.start, citation.end)
    if hit.passage.speaker and not is_signature(hit, at, knowledge.context):
        return phrases.holder(hit.passage.speaker, knowledge.roles.get(hit.passage.id))
    place = phrases.place(hit, named)
    quote = quote_at(hit, at, knowledge.context, whole=True)
    if quote:
        return f"{phrases.holder(quote.speaker, quote.role)}, {place}"
    if recommendation := knowledge.recommendations.get(hit.passage.id):
        return f"{place}, {phrases.recommendation(recommendation, language)}"
    if (
        hit.passage.kind != "heading"
        and hit.section
        and (len(citation.quote.split()) < phrases.SHORT or POINTS_BACK.match(citation.quote))
    ):
        return f"{place}, {phrases.headings(hit.section)}"
    return place


def as_read(citation: Citation, knowledge: Knowledge) -> str:
    """A quotation for the answer's text: footnote marks left out, broken words put together."""
    words = knowledge.context.read(citation.hit.passage, (citation.start, citation.end))
    is_turn = citation.hit.passage.kind == "turn" and citation.start == 0
    return re.sub(r"^[A-ZÀ-Þ][^:]{0,40}:\s+", "", words) if is_turn else words
