"""Basket -> briefing: look the items up, prove them, number their sources. All or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kb.errors import QuestionError
from kb.export.answers import answer
from kb.export.briefing import Briefing, Entry, Work
from kb.export.cited import Sources
from kb.export.entries import RECORDS
from kb.export.items import ANSWER, Item, Translated, read_item
from kb.records import DataTable, Interview, Person, Quote, Record
from kb.service import Service

WHOLE: Mapping[str, tuple[str, type[Record]]] = {
    "quotes": ("quote", Quote),
    "tables": ("table", DataTable),
}
MOST = 1000  # items in one briefing


def gather(
    service: Service,
    items: Sequence[Item],
    language: str,
    _: Translated,
    title: str = "",
) -> Briefing:
    """Make a briefing of chosen items, in their order.

    :param language: of the words that are not the sources': "en" or "es".
    :param _: puts those words into that language.
    :param title: as the reader wants it; without one, a plain one.
    :raises QuestionError: there are no items, or more than MOST.
    :raises KBError: an item is not there, or its words do not stand in its source now.
    """
    if not 0 < len(items) <= MOST:
        said = _("{n} items were chosen. Choose between 1 and {most}.")
        raise QuestionError(said.format(n=len(items), most=MOST))
    sources = Sources(service)
    entries = tuple(_entry(item, service, sources, _) for item in items)
    numbered = sources.numbered
    works = {s.document_id: _work(s.document_id, sources) for s in numbered}
    with service.searcher.lock:
        build = service.searcher.store.build()
    return Briefing(
        title.strip() or _("Briefing"),
        language,
        entries,
        numbered,
        tuple(works.values()),
        date.today().isoformat(),
        build.passages_sha256,
    )


def read_items(service: Service, texts: Sequence[str], _: Translated = str) -> tuple[Item, ...]:
    """Read items as they are written, each once; "quotes" and "tables" stand for all of theirs.

    :raises QuestionError: see read_item.
    """
    sources = Sources(service)
    found: list[Item] = []
    for text in texts:
        if text in WHOLE:
            kind, record_type = WHOLE[text]
            found += [Item(kind, str(row.id)) for row in sources.rows(record_type)]
        else:
            found.append(read_item(text, _))
    return tuple(dict.fromkeys(found))


def _entry(item: Item, service: Service, sources: Sources, _: Translated) -> Entry:
    if item.kind == ANSWER:
        return answer(item, service, sources, _)
    return RECORDS[item.kind](item, sources, _)


def _work(document_id: int, sources: Sources) -> Work:
    document = sources.document(document_id)
    held = next(iter(sources.rows(Interview, "document_id = ?", (document_id,))), None)
    person_id = held.person_id if held else None
    people = sources.rows(Person, "id = ?", (person_id,))
    return Work(
        document.id,
        document.kind,
        document.title,
        document.language,
        document.path,
        document.sha256,
        held.date if held else None,
        people[0].name if people else None,
        held.interviewer if held else None,
    )
