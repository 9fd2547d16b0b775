"""Items of a list of people: a body and who came of it, "Port Office: Ana Ruiz, Leo Pell (pilot)",
or "Ana Ruiz, pilot, Port Office".
"""

from __future__ import annotations

import re

from ingest import lexicon
from ingest.attribution import LEAST_NAME, Attribution, is_name, person_of
from kb.text import tokens

_PARTS = re.compile(r",\s+(?![^(]*\))")  # not within brackets
_LAST_TWO = re.compile(r"\s+(?:and|y|e)\s+(?=[A-ZÀ-Þ]\S*\s+[A-ZÀ-Þ])")
_BRACKET = re.compile(r"\s*\(([^()]+)\)$")


def people_in(item: str) -> list[Attribution]:
    """The people an item names, each with their post if it gives one; none if it is no such item.

    What stands before the colon is their body, or their post if it is a word for one ("Chair: Ana
    Ruiz"). After it semicolons part people; without any, a name begins a person, and anything else
    is the post of the one before.
    """
    plain = lexicon.BULLET.sub("", item, count=1).rstrip(". ")
    label, colon, rest = plain.partition(": ")
    if not colon:
        who = person_of(plain)
        return [who] if who else []
    people: list[tuple[str, list[str]]] = []
    apart = rest.split("; ")
    for part in apart:
        for k, piece in enumerate(p for held in _PARTS.split(part) for p in _LAST_TWO.split(held)):
            name = _BRACKET.sub("", piece).strip()
            if _is_person(name) and (k == 0 or len(apart) == 1):
                people.append((name, _BRACKET.findall(piece)))
            elif k == 0:
                return []
            else:
                people[-1][1].append(piece.strip())
    words = set(tokens(label))
    is_post = bool(words & lexicon.JOB_WORDS) and not words & lexicon.BODY_WORDS
    body, post = (None, label) if is_post else (label, None)
    found = [Attribution(name, ", ".join(posts) or post, body) for name, posts in people]
    return found if label[:1].isupper() else []


def _is_person(text: str) -> bool:
    return len(text.split()) >= LEAST_NAME and is_name(text)
