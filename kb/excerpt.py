"""Words of a document that carry their own proof.

An Excerpt is made from a document's text by cutting and joining only, so what it says can always be
pointed at: each character knows where it stands in the source, and a character that does not stand
there can only be the blank that replaces a line break. Extractors work on excerpts as they would on
strings; spans come for free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
Spans = tuple[Span, ...]

INSERTED = -1  # the offset of a character that stands for a wrap
# a wrap behind a hyphen, dash or slash: whether a blank belongs there the source does not tell
BREAK = "\n"
BELOW = " \r"  # between a heading and the words under it that are one passage: a new line
_NO_BLANK_AFTER = ("-", "–", "/")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Text and where it stands.

    :param text: the words, wraps undone.
    :param offsets: for each character of text its offset in the source in code points, or INSERTED.
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Excerpt:
        """The stretch source[start:end], unchanged."""
        return cls(source[start:end], tuple(range(start, end)))

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, part: slice) -> Excerpt:
        return Excerpt(self.text[part], self.offsets[part])

    def __add__(self, other: Excerpt) -> Excerpt:
        return Excerpt(self.text + other.text, self.offsets + other.offsets)

    def strip(self, characters: str | None = None) -> Excerpt:
        """Without blanks (or the given characters) at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self[left : max(left, len(self.text.rstrip(characters)))]

    def without(self, stretches: Iterable[Span]) -> Excerpt:
        """Without the given stretches of text, as footnote markers are left out of a quote."""
        kept, position = EMPTY, 0
        for start, end in sorted(stretches):
            kept, position = kept + self[position:start], max(position, end)
        return kept + self[position:]

    def split(self, pattern: str, maxsplit: int = 0) -> list[Excerpt]:
        """The stretches between the matches of a pattern, stripped."""
        parts, position = [], 0
        for found in list(re.finditer(pattern, self.text))[: maxsplit or None]:
            parts.append(self[position : found.start()].strip())
            position = found.end()
        return [*parts, self[position:].strip()]

    @property
    def spans(self) -> Spans:
        """The stretches of the source that hold these words, in reading order, without blanks at
        their ends.
        """
        runs: list[list[int]] = []
        for character, offset in zip(self.text, self.offsets, strict=True):
            if offset == INSERTED:
                continue
            if runs and runs[-1][1] == offset:
                runs[-1][1] = offset + 1
            elif not character.isspace():
                runs.append([offset, offset + 1])
        blank = {o for c, o in zip(self.text, self.offsets, strict=True) if c.isspace()}
        for run in runs:
            while run[1] - 1 in blank:
                run[1] -= 1
        return tuple((start, end) for start, end in runs)


EMPTY = Excerpt("", ())


def tidy(words: Excerpt) -> Excerpt:
    """Runs of blanks and tabs become one blank; none at the ends."""
    extra = [(m.start() + 1, m.end()) for m in re.finditer(r"\s{2,}", words.text)]
    kept = words.without(extra).strip()
    return Excerpt(re.sub(r"\s", " ", kept.text), kept.offsets)


def join(parts: Sequence[Excerpt]) -> Excerpt:
    r"""Undo wraps: a blank for each, but a BREAK behind a line's last hyphen, en dash or slash.

    Example: "long-", "term plan", "of all" -> "long-\nterm plan of all"; see unbroken.
    """
    text: list[str] = []
    offsets: list[int] = []
    last = ""
    for part in map(tidy, parts):
        if not part.text:
            continue
        if last:
            glued = last.endswith(_NO_BLANK_AFTER) and not last.endswith((" -", " –", " /"))
            text.append(BREAK if glued else " ")
            offsets.append(INSERTED)
        text.append(part.text)
        offsets.extend(part.offsets)
        last = part.text
    return Excerpt("".join(text), tuple(offsets))


def unbroken(words: Excerpt) -> Excerpt:
    """Words as they are read: a word broken at its hyphen is put together ("long-term")."""
    return words.without((m.start(), m.end()) for m in re.finditer(BREAK, words.text))


def read_at(text: str, at: Span, marks: Iterable[Span]) -> str:
    """A stretch of a text as it is read: footnote marks left out, broken words put together.

    :param marks: where marks stand in text; those outside the stretch do not count.
    """
    start, end = at
    inside = [(a - start, b - start) for a, b in marks if start <= a and b <= end]
    read = unbroken(Excerpt.of(text[start:end], 0, end - start).without(inside)).text
    return read.replace(BELOW, " ")


def located(text: str, held: Spans, source: str, wanted: Spans) -> Span | None:
    """Where words of a source stand in a text made of that source.

    :param text: words that the spans `held` select, wraps undone; blanks may differ.
    :param wanted: spans of the source.
    :returns: the stretch of text from the first to the last wanted character, None if there is
        none.
    """
    solid = (i for i, c in enumerate(text) if not c.isspace())
    offsets = (o for a, b in held for o in range(a, b) if not source[o].isspace())
    there = [i for i, o in zip(solid, offsets, strict=False) if any(a <= o < b for a, b in wanted)]
    return (there[0], there[-1] + 1) if there else None
