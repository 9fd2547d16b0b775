"""What is put into a basket: which row of which kind, or which question. Strings only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import QuestionError

Translated = Callable[[str], str]  # puts words of ours into the reader's language
ANSWER = "answer"
KINDS = ("quote", "view", "passage", "use_case", "recommendation", "table", "figure", ANSWER)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a basket.

    :param kind: one of KINDS.
    :param key: the row's id, or of an answer its question.
    """

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def id(self) -> int:
        """Of its row; an answer has none (ValueError)."""
        return int(self.key)


def read_item(text: str, _: Translated = str) -> Item:
    """Read "quote:12" or "answer:What is asked?"; str(item) writes it again.

    :param _: puts the messages into the reader's language.
    :raises QuestionError: the kind is not known, or the key is no number (of an answer: empty).
    """
    kind, _colon, key = text.strip().partition(":")
    kind, key = kind.strip(), key.strip()
    if kind not in KINDS:
        said = _("“{text}” is not a thing that can be exported. Write KIND:NUMBER; kinds: {kinds}.")
        raise QuestionError(said.format(text=text, kinds=", ".join(KINDS)))
    if kind == ANSWER:
        if not key:
            said = _("“{text}” has no question. Write for example answer:What is proposed?")
            raise QuestionError(said.format(text=text))
        return Item(kind, key)
    if not (key.isascii() and key.isdigit()) or len(key) > 15:
        said = _("“{text}” has no number of a row. Write for example {kind}:12.")
        raise QuestionError(said.format(text=text, kind=kind))
    return Item(kind, str(int(key)))
