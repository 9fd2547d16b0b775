"""Briefing -> lines in reading order, the same for every format that is read like a page. A writer
only decides how a style looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from kb.errors import KBError
from kb.export.briefing import Briefing, Entry, Grid, Quoted, Source
from kb.export.items import Translated


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a table.

    :param style: title, heading (of an entry), note (ours), fact, text (an answer's), quote, by
        (who says it), grid, source.
    :param label: of a fact, of a lettered item; of a source its number.
    :param language: of a source's words; "" for ours.
    """

    style: str
    text: str
    sources: tuple[int, ...] = ()
    label: str = ""
    language: str = ""
    grid: Grid | None = None


def lines(briefing: Briefing, _: Translated) -> Iterator[Line]:
    """All of a briefing, the numbered list of sources last."""
    yield Line("title", briefing.title)
    yield Line("note", made(briefing, _))
    for entry in briefing.entries:
        yield from _entry(entry, _)
    if briefing.sources:
        yield Line("heading", _("Sources"))
    for source in briefing.sources:
        yield Line("source", place(source, _), label=str(source.number))


def made(briefing: Briefing, _: Translated) -> str:
    """When it was made, of which build, and what was checked then."""
    said = _(
        "Made on {date} from the knowledge base {build}. Every quotation was compared with its "
        "source when this was made."
    )
    return said.format(date=briefing.made, build=briefing.passages_sha256[:16])


def place(source: Source, _: Translated) -> str:
    """Document, section, page, speaker, in one line."""
    page = _("p. {page}").format(page=source.page) if source.page is not None else ""
    return ", ".join(filter(None, (source.document, source.section, page, source.speaker)))


def attribution(words: Quoted) -> str:
    """Who says it; a body that the role names is not named again."""
    body = words.organisation
    if body and words.role and body in words.role:
        body = None
    return ", ".join(filter(None, (words.speaker, words.role, body)))


def marks(numbers: Sequence[int]) -> str:
    """Citation marks as they stand behind words.

    Example: " [1] [4]".
    """
    return "".join(f" [{n}]" for n in numbers)


def _entry(entry: Entry, _: Translated) -> Iterator[Line]:
    yield Line("heading", entry.heading)
    if entry.lead:
        yield Line("note", entry.lead)
    for label, value in entry.facts:
        yield Line("fact", value, label=label)
    if entry.refusal:
        yield Line("note", _("The question was declined:"))
        yield Line("text", entry.refusal)
    for statement in entry.statements:
        if statement.text:
            yield Line("text", statement.text, statement.sources)
        yield from _words(statement.words)
    yield from _words(entry.words)
    if entry.grid:
        yield from _grid(entry.grid, entry.heading, _)


def _words(words: Sequence[Quoted]) -> Iterator[Line]:
    """Words of sources; who says them comes once behind all that one person says."""
    for (who, lead), group in groupby(words, key=lambda q: (_who(q), q.lead)):
        if lead:
            yield Line("note", f"{lead}:")
        for q in group:
            yield Line("quote", q.text, q.sources, q.label or "", q.language)
        if who and not lead:
            yield Line("by", who)


def _who(words: Quoted) -> str:
    """Who is named below words; a view's holder is not, for they are no words of theirs."""
    return "" if words.kind == "view" else attribution(words)


def _grid(grid: Grid, heading: str, _: Translated) -> Iterator[Line]:
    if grid.title != heading:
        yield Line("note", grid.title)
    if grid.rows:
        yield Line("grid", grid.title, language=grid.language, grid=grid)
    else:
        yield Line("note", _("No rows of it were read."))
    if grid.source_line:
        yield Line("fact", grid.source_line, grid.sources, _("Source of the table"))
    elif grid.sources:
        yield Line("note", _("Cells as printed."), grid.sources)
    if grid.sql:
        yield Line("fact", grid.sql, label=_("Query"))


def require_shown(
    briefing: Briefing, is_shown: Callable[[str], bool], format_name: str, _: Translated
) -> None:
    """Refuse a format that would lose a character.

    :raises KBError: one is not shown; it names the first, the entry, and what to take instead.
    """
    parts: list[tuple[str, Any]] = [(str(e.item), asdict(e)) for e in briefing.entries]
    parts += [(f"[{s.number}]", place(s, str)) for s in briefing.sources]
    for where, held in [*parts, (_("The title"), briefing.title)]:
        lost = next((c for text in _strings(held) for c in text if not is_shown(c)), None)
        if lost is not None:
            named = f"U+{ord(lost):04X} {unicodedata.name(lost, '')}".strip()
            said = _(
                "{where} holds the character {named}, which {format} cannot show here. Nothing was "
                "written; take {others}."
            )
            others = ".md" if format_name in (".docx", ".xlsx") else ".docx, .md"
            raise KBError(said.format(where=where, named=named, format=format_name, others=others))


def is_printable(character: str) -> bool:
    """Whether XML, and so a DOCX or XLSX file, can hold a character."""
    code = ord(character)
    is_control = code < 0x20 and character not in "\t\n\r"
    return not (is_control or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from _strings(held)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from _strings(held)
