"""Which number has a source, and do words stand in it now? Rows are read again from the file, so
what was changed after the knowledge base was loaded does not get out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kb.errors import ProofError
from kb.excerpt import Span, Spans, located
from kb.export.briefing import Source
from kb.export.items import Item
from kb.proof import is_verbatim, selected, words_of
from kb.records import Document, Passage, Record, Section
from kb.service import Service
from kb.text import squeeze

R = TypeVar("R", bound=Record)
_REMEDY = "Nothing was exported. Run `kb verify`, and build the knowledge base again."


class Sources:
    """The sources of one briefing: proves words, and numbers where they stand from 1."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._numbers: dict[tuple[int, int, int], Source] = {}
        self._documents: dict[int, Document] = {}
        self._sections = {s.id: s for s in self.rows(Section)}

    @property
    def numbered(self) -> tuple[Source, ...]:
        """All that were cited, by number."""
        return tuple(self._numbers.values())

    def rows(
        self, record_type: type[R], where: str = "1", parameters: Sequence[object] = ()
    ) -> list[R]:
        """Rows as they are in the file now."""
        searcher = self._service.searcher
        with searcher.lock:
            return searcher.store.all(record_type, where, parameters)

    def document(self, document_id: int) -> Document:
        """A document with its text; read once for a briefing."""
        if document_id not in self._documents:
            for document in self.rows(Document, "id = ?", (document_id,)):
                self._documents[document_id] = document
        return self._documents[document_id]

    def prove(self, item: Item, document_id: int, records: Sequence[Record]) -> None:
        """Let records through whose spans select their own words.

        :raises ProofError: one does not; the message names the item.
        """
        text = self.document(document_id).text
        for record in records:
            if not is_verbatim(record, text):
                raise ProofError(
                    f"{item} says “{words_of(record)[:60]}”, but where it points to the document "
                    f"says “{selected(record, text)[:60]}”. {_REMEDY}"
                )

    def prove_somewhere(self, item: Item, document_id: int, words: str) -> None:
        """Let a title or caption through that stands somewhere in its document.

        :raises ProofError: it does not.
        """
        if squeeze(words) not in squeeze(self.document(document_id).text):
            raise ProofError(f"{item} says “{words[:60]}”, the document nowhere does. {_REMEDY}")

    def cite(self, item: Item, passage_id: int, spans: Spans, speaker: str | None = None) -> int:
        """Cite the stretch of a passage that holds these spans of its document.

        :returns: its number.
        :raises ProofError: the passage does not stand in the document, or does not hold them.
        """
        passage = self._passage(item, passage_id)
        source = self.document(passage.document_id).text
        at = located(passage.text, passage.spans, source, spans)
        if at is None:
            raise ProofError(f"{item} points beside passage {passage_id}. {_REMEDY}")
        return self._number(passage, at, speaker)

    def cite_stretch(
        self, item: Item, passage_id: int, at: Span, quote: str, speaker: str | None = None
    ) -> int:
        """Cite a stretch that is known by its place in the passage's text.

        :returns: its number.
        :raises ProofError: something else than the quote stands there now.
        """
        passage = self._passage(item, passage_id)
        if passage.text[slice(*at)] != quote:
            raise ProofError(
                f"{item} quotes “{quote[:60]}”, passage {passage_id} says "
                f"“{passage.text[slice(*at)][:60]}”. {_REMEDY}"
            )
        return self._number(passage, at, speaker)

    def _passage(self, item: Item, passage_id: int) -> Passage:
        found = self.rows(Passage, "id = ?", (passage_id,))
        if not found:
            raise ProofError(f"{item} cites passage {passage_id}, which is not there. {_REMEDY}")
        self.prove(item, found[0].document_id, found)
        return found[0]

    def _number(self, passage: Passage, at: Span, speaker: str | None) -> int:
        key = (passage.id, *at)
        known = self._numbers.get(key)
        speaker = speaker or passage.speaker
        if known is None:
            known = self._source(len(self._numbers) + 1, passage, at, speaker)
        self._numbers[key] = replace(known, speaker=known.speaker or speaker)
        return known.number

    def _source(self, number: int, passage: Passage, at: Span, speaker: str | None) -> Source:
        document = self.document(passage.document_id)
        section = self._sections.get(passage.section_id or 0)
        return Source(
            number, document.title, section.path if section else None, passage.page, speaker,
            passage.id, document.id, *at, passage.text[slice(*at)], document.path,
        )  # fmt: skip
