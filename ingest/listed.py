"""Items of a list of people that name a body and who came of it: "Port Office: Ana Ruiz, Leo Pell
(pilot)".
"""

from __future__ import annotations

import re

from ingest import lexicon
from ingest.attribution import LEAST_NAME, Attribution, is_name
from kb.text import tokens

_PARTS = re.compile(r"[;,]\s+(?![^(]*\))")  # not within brackets
_LAST_TWO = re.compile(r"\s+(?:and|y|e)\s+(?=[A-ZÀ-Þ]\S*\s+[A-ZÀ-Þ])")
_BRACKET = re.compile(r"\s*\(([^()]+)\)$")


def people_in(item: str) -> list[Attribution]:
    """The people an item names, each with their post if it gives one; none if it is no such item.

    What stands before the colon is their body, or their post if it is a word for one ("Chair: Ana
    Ruiz"). After it a name begins a person; anything else is the post of the one before.
    """
    label, colon, rest = lexicon.BULLET.sub("", item, count=1).partition(": ")
    pieces = [one for part in _PARTS.split(rest.rstrip(". ")) for one in _LAST_TWO.split(part)]
    people: list[tuple[str, list[str]]] = []
    for piece in pieces:
        name = _BRACKET.sub("", piece).strip()
        if _is_person(name):
            people.append((name, _BRACKET.findall(piece)))
        elif not people:
            return []
        else:
            people[-1][1].append(piece.strip())
    words = set(tokens(label))
    is_post = bool(words & lexicon.JOB_WORDS) and not words & lexicon.BODY_WORDS
    body, post = (None, label) if is_post else (label, None)
    found = [Attribution(name, ", ".join(posts) or post, body) for name, posts in people]
    return found if colon and label[:1].isupper() else []


def _is_person(text: str) -> bool:
    return len(text.split()) >= LEAST_NAME and is_name(text)
