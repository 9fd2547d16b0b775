"""Quotes: somebody's words in quotation marks, with who said them; and the turns of interviewed
people.

Looks for a block that opens with a quotation mark and ends with an attribution; for a quotation
whose marks and attribution in capitals were set apart by the designer; and, inside a sentence, for
a quotation beside a verb of saying and a person's name. A quotation that nobody is named for is not
a quote: it may be a term or a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest import lexicon
from ingest.attribution import Attribution, is_name, read_attribution, split_role
from ingest.blocks import Block
from ingest.extract.interviews import read_asked, read_facts
from ingest.reading import Ids, Reading
from kb.excerpt import Excerpt, join, unbroken
from kb.records import Passage, Quote, Record
from kb.text import fold, sentences, tokens

NAME_AND_POST = 2  # lines
LEAST_INLINE_WORDS = 4
PULL_SHARE = 0.5  # of a paragraph, from which on it is a quotation with its attribution
_SAID = (
    r"(?:said|says|told|remarked|argued|explained|stressed|noted|added|warned|observed|commented|stated|declared|recalled|"
    r"asked|answered|replied|wrote|put it|called|summed it up|described|emphasi[sz]ed|pointed out|"
    r"dijo|dice|señaló|afirmó|explicó|comentó|advirtió|sostuvo|subrayó|añadió|preguntó|respondió|destacó|resumió|declaró)"
)
_SAID_BEFORE = re.compile(rf"\b{_SAID}\b(?!.*\b{_SAID}\b)", re.IGNORECASE | re.DOTALL)
_SAID_BEHIND = re.compile(rf"^[,.]?\s*{_SAID}\s+(?P<who>.+)", re.IGNORECASE | re.DOTALL)
# Said by whom the sentence before names: "..., she added."
_SAID_ON = re.compile(
    rf"^[,.]?\s*(?:(?:he|she|they|él|ella)\s+)?{_SAID}(?:\s+(?:he|she|él|ella))?\W*$", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:\d{1,3}[.)]\s+)?(?:(?:according to|según)\s+)?", re.IGNORECASE)
_NAMES = re.compile(
    r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|del|la|las|los|van|von|der) )*[A-ZÀ-Þ][\w’'-]+){1,3}"
)
_INLINE = re.compile(r"“(?P<a>[^“”]+)”|«(?P<b>[^«»]+)»|\"(?P<c>[^\"]+)\"")


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """Every quote of a document, in reading order."""
    rows: list[Record] = []
    asker, asked = read_facts(reading.blocks).get("interviewer"), read_asked(reading.blocks)
    for i, block in enumerate(reading.blocks):
        passage = reading.passage_of.get(i)
        if passage is None or (passage.speaker and passage.speaker == asker):
            continue
        for kind, words, named in _quotes_in(reading, i, block, passage):
            who = asked if kind == "turn" and asked and asked.name == named.name else named
            rows.append(
                Quote(
                    ids.next(Quote), reading.document.id, passage.id, passage.section_id, None,
                    words.text, who.name,
                    who.role, who.organisation, kind, block.page, words.spans,
                )
            )  # fmt: skip
    return rows


def _quotes_in(
    reading: Reading, i: int, block: Block, passage: Passage
) -> Iterator[tuple[str, Excerpt, Attribution]]:
    clean = reading.clean(i)
    found = None
    if block.kind == "quote":
        found = (
            _set_apart(block)
            or _signed(block, clean)
            or _pull_quote(clean, _neighbour(reading, i, 1), _neighbour(reading, i, -1))
        )
    if found:
        yield "pull", *found
    elif block.kind in ("quote", "paragraph", "list_item"):
        for words, who in _inline_quotes(clean, reading.document.text):
            is_whole = len(words) > PULL_SHARE * len(clean)
            yield "pull" if is_whole else "inline", words, who
    elif block.kind == "turn" and passage.speaker:
        is_labelled = block.speaker is not None and block.text.startswith(block.speaker.text)
        label = re.match(r"[^:]+:\s+", clean.text) if is_labelled else None
        yield (
            "turn",
            clean[label.end() :] if label else clean,
            Attribution(passage.speaker, None, None),
        )


def _signed(block: Block, words: Excerpt) -> tuple[Excerpt, Attribution] | None:
    """A quotation with a name in the line below its closing mark, and the post in the next."""
    marked = [k for k, line in enumerate(block.lines) if line.text[-1:] in lexicon.CLOSING_QUOTES]
    below = [line.text for line in block.lines[marked[-1] + 1 :]] if marked else []
    closing = max(words.text.rfind(mark) for mark in lexicon.CLOSING_QUOTES)
    if len(below) < NAME_AND_POST or not is_name(below[0]):
        return None
    name, *post = below
    role, organisation = split_role(" ".join(post))
    return words[1:closing].strip(), Attribution(name, role, organisation)


def _pull_quote(
    words: Excerpt, below: Excerpt | None, above: Excerpt | None
) -> tuple[Excerpt, Attribution] | None:
    """A block in quotation marks: its attribution stands behind the closing mark, in the next
    block, or above.
    """
    closing = max(words.text.rfind(mark) for mark in lexicon.CLOSING_QUOTES)
    if closing <= 0:
        return None
    said = words[1:closing].strip()
    who = read_attribution(words.text[closing + 1 :])
    if (
        who is None
        and not words.text[closing + 1 :].strip(" .")
        and below is not None
        and re.match(r"[—–―-]\s*\w", below.text)
    ):
        who = read_attribution(below.text)
    if who is None and above is not None and above.text.endswith(":"):
        who = _subject(above.text[slice(*sentences(above.text)[-1])])
    return (said, who) if who and said.text else None


def _set_apart(block: Block) -> tuple[Excerpt, Attribution] | None:
    """A quotation whose marks came out on lines of their own: the attribution is what is set in
    capitals below.
    """
    first = next((k for k, line in enumerate(block.lines) if line.text.isupper()), 0)
    if (
        first == 0
        or block.text[0] in lexicon.OPENING_QUOTES
        or not all(line.text.isupper() for line in block.lines[first:])
    ):
        return None
    who = read_attribution(join([line.words for line in block.lines[first:]]).text)
    return (unbroken(join([line.words for line in block.lines[:first]])), who) if who else None


def _inline_quotes(words: Excerpt, document: str) -> Iterator[tuple[Excerpt, Attribution]]:
    for found in _INLINE.finditer(words.text):
        start, end = found.start() + 1, found.end() - 1
        if len(words.text[start:end].split()) < LEAST_INLINE_WORDS:
            continue
        earlier, before, behind = _around(words.text, found.start(), found.end())
        who = (
            _subject(before)
            or _announced(before)
            or _object(behind, document)
            or (_sole(earlier) if _SAID_ON.match(behind) else None)
        )
        if who:
            yield words[start:end].strip(), who


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence before that of a quotation, and what stands before and behind it in its own."""
    spans = sentences(f"{text[: start + 1]}{'x' * (end - start - 1)}{text[end:]}")
    for (c, d), (a, b) in pairwise([(0, 0), *spans]):
        if a <= start < b:
            return text[c:d], text[a:start], text[end:b]
    return "", "", ""


def _announced(before: str) -> Attribution | None:
    """Read "Name, role of the body:" right before a quotation, or the one name of a sentence that
    ends so.
    """
    before = before.strip()
    is_field = lexicon.FIELD.fullmatch(before)  # "Vision: “...”" is of nobody of that name
    if not before.endswith(":") or is_field:
        return None
    return _sole(before[:-1]) or read_attribution(before[:-1])


def _sole(sentence: str) -> Attribution | None:
    """Who is named in a sentence that names one person, first in it or in one of its parts."""
    sentence = _LEAD.sub("", sentence.strip())
    names = [m.group() for m in _NAMES.finditer(sentence) if _is_person(m.group())]
    parts = _parts(sentence)
    at = next((i for i, part in enumerate(parts) if names and part.startswith(names[0])), None)
    if len(names) != 1 or at is None or names == [sentence]:
        return None
    beside = parts[at + 1] if parts[at] == names[0] and at + 1 < len(parts) else ""
    is_role = bool(set(tokens(beside)) & lexicon.JOB_WORDS)
    role, organisation = split_role(beside) if is_role else (None, None)
    return Attribution(names[0], role, organisation)


def _is_person(name: str) -> bool:
    return is_name(name) and fold(name.split()[0]) not in lexicon.FUNCTION_WORDS


def _parts(sentence: str) -> list[str]:
    """What commas part."""
    return [part.strip() for part in sentence.split(",") if part.strip()]


def _subject(before: str) -> Attribution | None:
    """Read "Role, Name, remarked that" or "Name, role of the body, told us"."""
    verb = _SAID_BEFORE.search(before)
    return _named(_parts(before[: verb.start()])) if verb else None


def _object(behind: str, document: str) -> Attribution | None:
    """Read ", said Name, role." behind a quotation; a surname alone is of the one person whom the
    document names by it.
    """
    verb = _SAID_BEHIND.match(behind)
    if not verb:
        return None
    who = re.split(r"(?<=[^\W\d_]{2})\.", verb["who"])[0]
    if not re.fullmatch(r"[A-ZÀ-Þ][\w’'-]+", who):
        return _named(_parts(verb["who"].rstrip(".")))
    full = {m.group() for m in _NAMES.finditer(document) if m.group().endswith(f" {who}")}
    return Attribution(full.pop(), None, None) if len(full) == 1 else None


def _named(parts: Sequence[str]) -> Attribution | None:
    at = next((i for i, part in enumerate(parts) if is_name(part) and len(part.split()) >= 2), None)
    if at is None:
        return None
    beside = ", ".join(parts[at + 1 :]) or ", ".join(parts[:at])
    role, organisation = split_role(beside)
    return Attribution(parts[at], role, organisation)


def _neighbour(reading: Reading, i: int, step: int) -> Excerpt | None:
    at = i + step
    if not 0 <= at < len(reading.blocks) or reading.blocks[at].kind not in (
        "paragraph",
        "list_item",
    ):
        return None
    return reading.clean(at)
