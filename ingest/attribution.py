"""Who is named beside a quotation: "Name: Role, Organisation", "— Name, Role, Organisation", "NAME,
ROLE IN THE BODY".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import lexicon
from kb.text import fold, tokens

_PARTICLES = frozenset("de del la las los y e da do dos van von der di al el bin ibn".split())
_TITLES = frozenset(
    "dr dra mr mrs ms prof professor sir dame sr sra lic ing captain judge father sister".split()
)
_MARK_BEFORE = re.compile(r"^[\s—–―*-]+")
_WHERE = re.compile(
    r"\s+(?i:of|for|at|in|with|from|de|del|en|para)\s+(?i:the\s+|la\s+|el\s+|los\s+|las\s+)?"
    r"(?=[A-ZÀ-Þ@])"
)
_HELD_AT = re.compile(r"\s+at\s+(?:the\s+)?(?=[A-ZÀ-Þ@])")  # "Head of Nets at Port Office"
_BODY_BEHIND = re.compile(r"\s+(?:in|at|en|of|de)\s+(?:the|la|el)\s+", re.IGNORECASE)
LEAST_NAME = 2  # words of a name in a list
_NAME_WORDS = 6
_ATTRIBUTION_WORDS = 45


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as the document names them beside their words."""

    name: str
    role: str | None
    organisation: str | None


def read_attribution(text: str) -> Attribution | None:
    """Read the lines that stand beside a quotation, None if they name nobody.

    Example: "— Ana Ruiz, Head of Data, Port Office" -> name Ana Ruiz, role Head of Data,
    organisation Port Office.
    """
    text = _MARK_BEFORE.sub("", text).strip().rstrip(".").strip()
    if not text or len(text.split()) > _ATTRIBUTION_WORDS:
        return None
    bracketed = re.fullmatch(r"([^(),:]+?)\s*\((.+)\)", text)
    name, rest = bracketed.groups() if bracketed else _split_name(text)
    if not is_name(name):
        return None
    role, organisation = split_role(rest)
    return Attribution(name.strip(), role, organisation)


def person_of(text: str) -> Attribution | None:
    """Read a line of a list, "Name, post, body" or "Name, body", None if it is none."""
    name, *more = (part.strip() for part in text.strip().split(", "))
    if not more or len(name.split()) < LEAST_NAME or not is_name(name) or re.search(r"\d", text):
        return None
    beside = set(tokens(more[0]))
    if len(more) == 1 and beside & lexicon.BODY_WORDS and not beside & lexicon.JOB_WORDS:
        return Attribution(name, None, more[0])
    post, body = (more[0], ", ".join(more[1:])) if len(more) > 1 else split_role(more[0])
    return Attribution(name, post, body or None)


def is_name(text: str) -> bool:
    """Whether a text looks like a person's name: one to six words, capitalised but for particles,
    no job or body.
    """
    words = text.strip().split()
    if not words or len(words) > _NAME_WORDS or re.search(r"[\d@/&;:“”\"]", text):
        return False
    kept = [w for w in words if fold(w).strip(".") not in _TITLES]
    if not kept or any(fold(w).strip(",.") in lexicon.JOB_WORDS | lexicon.BODY_WORDS for w in kept):
        return False
    return all(w[0].isupper() or fold(w) in _PARTICLES for w in kept) and kept[0][0].isupper()


def split_role(text: str) -> tuple[str | None, str | None]:
    """Part a role from the organisation it is held in.

    The first comma parts them; where a second role follows it ("..., AND RESEARCHER IN THE
    INSTITUTE") the whole is the role and the last body named is the organisation; without a comma
    they part at "of", "for", "at" before a name.
    """
    text = text.strip(" ,.")
    if not text:
        return None, None
    role, comma, rest = (part.strip() for part in text.partition(","))
    if comma:
        bodies = list(_BODY_BEHIND.finditer(rest))
        if bodies and any(word in lexicon.JOB_WORDS for word in tokens(rest[: bodies[-1].start()])):
            return text, rest[bodies[-1].end() :].strip()
        return role, rest
    where = _HELD_AT.search(text) or _WHERE.search(text)
    if where and not text.isupper():
        return text[: where.start()].strip(), text[where.end() :].strip()
    return text, None


def _split_name(text: str) -> tuple[str, str]:
    for mark in (":", ","):
        name, found, rest = text.partition(mark)
        if found and is_name(name):
            return name, rest
    return text, ""
