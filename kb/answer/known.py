"""What the documents have, as far as declining must know it: words, names, places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from kb.text import fold


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents have: words, numbered things such as ("table", "4"), acronyms, places."""

    words: Mapping[str, int]
    labels: Collection[tuple[str, str]]
    aliases: Mapping[str, str]  # folded acronym -> what it stands for
    also_called: Callable[[str], Sequence[str]]  # a name -> other names of the same country
    places: Sequence[str]  # that have a profile
    holders: Mapping[int, Sequence[str]]  # passage id -> who holds the views in it
    # How like a word, of a language, the likest of the documents' words is, or of those given.
    likeness: Callable[[str, str, Collection[str] | None], float]

    def forms(self, name: str) -> Sequence[str]:
        """Other names of what a name means."""
        expanded = self.aliases.get(fold(name))
        return (*((expanded,) if expanded else ()), *self.also_called(name))


def stands(token: str, words: Mapping[str, int]) -> bool:
    if token in words or token.removesuffix("s") in words:
        return True
    if token.isdigit():  # within a span of years
        return any(token in word for word in words if word[0].isdigit())
    # A name may be inflected ("Mexican" for Mexico) but keeps its first letters.
    return len(token) >= 5 and any(
        word.startswith(token[:5]) and abs(len(word) - len(token)) <= 3 for word in words
    )
