"""Hits and answers -> the JSON that other people's programs rely on. One home for the command line
and the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kb.records import Answer, Citation, Hit, Passage, Rows

UrlOf = Callable[[Passage], str]


def no_url(passage: Passage) -> str:
    """On the command line no page is served."""
    return ""


def hit_json(hit: Hit, url_of: UrlOf) -> dict[str, Any]:
    """A hit of a search."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "passage_id": passage.id,
        "text": passage.text,
        "kind": passage.kind,
        "document": hit.document,
        "section": hit.section,
        "page": passage.page,
        "speaker": passage.speaker,
        "url": url_of(passage),
        "score": round(hit.score, 4),
        "highlights": [list(span) for span in hit.highlights],
        "why": list(hit.why),
    }


def citation_json(citation: Citation, url_of: UrlOf) -> dict[str, Any]:
    """A citation; its quote is passage_text[start:end]."""
    passage = citation.hit.passage
    return {
        "number": citation.number,
        "passage_id": passage.id,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "passage_text": passage.text,
        "speaker": passage.speaker,
        "document": citation.hit.document,
        "section": citation.hit.section,
        "page": passage.page,
        "url": url_of(passage),
    }


def answer_json(
    found: Answer, took_ms: float, url_of: UrlOf, rows_url: Callable[[Rows], str]
) -> dict[str, Any]:
    """An answer or a refusal."""
    rows = found.rows
    return {
        "ok": True,
        "question": found.question,
        "standalone_question": found.understood,
        "language": found.language,
        "took_ms": took_ms,
        "status": "declined" if found.abstained else "answered",
        "reason": found.reason,
        "answer": found.text,
        "claims": [{"text": c.text, "citations": list(c.citations)} for c in found.claims],
        "citations": [citation_json(c, url_of) for c in found.citations],
        "rows": rows
        and {
            "sql": rows.sql,
            "columns": list(rows.columns),
            "rows": [list(row) for row in rows.rows],
            "url": rows_url(rows),
        },
        "passages": [hit_json(hit, url_of) for hit in found.hits],
    }
