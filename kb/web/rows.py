"""A passage, a quotation, a record as the templates show it: its words as HTML, and where they
stand.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kb.excerpt import Span
from kb.profiles.nearest import Neighbours
from kb.records import Hit, Quote
from kb.service import Service
from kb.web.page import own_page, url_of
from kb.web.render import render_words

if TYPE_CHECKING:
    from datasette.app import Datasette


def place_row(
    datasette: Datasette, service: Service, hit: Hit, span: Span | None = None, **more: object
) -> dict[str, Any]:
    """A passage with its place.

    :param span: the stretch of it that is meant; it is marked.
    """
    passage = hit.passage
    marked = [span] if span else hit.highlights
    url = url_of(datasette, passage)
    return {
        "html": render_words(passage.text, service.marks(passage.id), marked),
        "text": passage.text[slice(*span)] if span else passage.text,
        "language": passage.language,
        "kind": passage.kind,
        "document": hit.document,
        "section": hit.section,
        "page": passage.page,
        "speaker": passage.speaker,
        "passage_id": passage.id,
        "url": f"{url}&start={span[0]}&end={span[1]}" if span else url,
        **more,
    }


def quote_row(datasette: Datasette, service: Service, quote: Quote) -> dict[str, Any]:
    """A quotation without the rest of its passage."""
    row = place_row(datasette, service, service.searcher.place(quote.passage_id))
    return {
        **row,
        "item": f"quote:{quote.id}",
        "id": quote.id,
        "html": quote.text,
        "text": quote.text,
        "person_id": quote.person_id,
        "speaker": quote.speaker,
        "role": quote.role,
        "organisation": quote.organisation,
        "page": quote.page,
    }


def row_card(datasette: Datasette, service: Service, table: str, id: int) -> dict[str, Any] | None:
    """A row of Datasette's as a person wants it: the page that shows it, and its words in context.
    None for a row that has neither.
    """
    record = service.shelf.rows.get(table, {}).get(id)
    page = own_page(datasette, table, id)
    has_words = record is not None and hasattr(record, "spans")
    place = service.shelf.place(record) if record is not None and has_words else None
    if page is None and place is None:
        return None
    shown = place and place_row(datasette, service, place.hit, place.span)
    return {"page": page, "place": shown}


def near_rows(
    datasette: Datasette, service: Service, near: Neighbours
) -> dict[str, list[tuple[Any, dict[str, Any], float]]]:
    """What lies near a record in meaning: by table, each with its place and the cosine. Near is no
    support.
    """
    return {
        group.name: [
            (n.record, place_row(datasette, service, n.place.hit, n.place.span), n.cosine)
            for n in getattr(near, group.name)
        ]
        for group in fields(near)
    }
