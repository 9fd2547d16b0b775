"""Briefing -> CSL-JSON, for a reference manager: each document, and each speaker's words in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kb.export.briefing import Briefing, Source, Work
from kb.export.items import Translated
from kb.text import letters

_TYPES = {"interview": "interview"}  # any other document is a report


def write(briefing: Briefing, _: Translated) -> bytes:
    """A list of CSL items in UTF-8, in the order of first citation."""
    works = {work.document_id: work for work in briefing.works}
    groups: dict[tuple[int, str], list[Source]] = {}
    for source in briefing.sources:
        groups.setdefault((source.document_id, source.speaker or ""), []).append(source)
    items = [_item(works[key[0]], key[1], cited, _) for key, cited in groups.items()]
    return json.dumps(items, ensure_ascii=False, indent=2).encode()


def _item(work: Work, speaker: str, cited: Sequence[Source], _: Translated) -> dict[str, Any]:
    pages = sorted({s.page for s in cited if s.page is not None})
    interviewee = work.interviewee if work.kind == "interview" else None
    item: dict[str, Any] = {
        "id": f"document-{work.document_id}"
        + (f"-{letters(speaker) or cited[0].passage_id}" if speaker else ""),
        "type": _TYPES.get(work.kind, "report"),
        "title": work.title,
        "language": work.language,
        "page": ", ".join(map(str, pages)),
        "author": [{"literal": interviewee}] if interviewee else None,
        "interviewer": [{"literal": work.interviewer}] if work.interviewer else None,
        "issued": {"raw": work.date} if work.date else None,
        "note": _note(work, speaker, cited, _),
    }
    return {name: value for name, value in item.items() if value}


def _note(work: Work, speaker: str, cited: Sequence[Source], _: Translated) -> str:
    """Whose words, in which sections, under which numbers of the briefing; which file."""
    sections = dict.fromkeys(s.section for s in cited if s.section)
    numbers = " ".join(f"[{s.number}]" for s in cited)
    parts = (
        _("Words of {speaker}").format(speaker=speaker) if speaker else "",
        "; ".join(sections),
        _("Cited as {numbers}").format(numbers=numbers),
        _("File {file}, SHA-256 {sha256}").format(file=work.file, sha256=work.sha256),
    )
    return "\n".join(filter(None, parts))
