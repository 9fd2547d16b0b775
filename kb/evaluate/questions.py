"""What is a question set? The one reader of question files and conversation files.

The format is that of shared/questions/README.md: a JSON list of questions, or of conversations with
turns. A file that breaks it is refused with the place and the remedy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import QuestionError

LANGUAGES = ("en", "es")
MODES = ("any", "all")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document that answers a question, white space as one space."""

    quote: str
    lines: tuple[int, int]  # first and last in the text file, from 1
    document: str | None  # file name; None where a set has one document


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or a turn of a conversation, with what a right answer holds.

    An unanswerable question has no answers and no evidence: it is to be declined.
    """

    id: str  # of a turn: "c01.2"
    language: str
    type: str  # fact, figure, table, ...; "turn" for a turn that states none
    style: str | None  # para, close, keyword, typo, noaccent, long
    text: str
    is_answerable: bool
    answers: tuple[str, ...]
    needs_all_answers: bool
    forms: Mapping[str, str]  # an answer in another spelling or language -> the document's words
    evidence: tuple[Evidence, ...]
    needs_all_evidence: bool
    aggregation: str | None  # how the answer follows from a table or a count
    category: str | None  # of an unanswerable one: near_miss, false_premise, ...
    pair: str | None  # id of the same question in the other language


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns to be asked in order, each with the earlier ones as history."""

    id: str
    language: str
    turns: tuple[Question, ...]


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a file, in its order.

    :raises QuestionError: the file is missing, no JSON list, or a question lacks a field.
    """
    rows = _rows(path)
    found = tuple(_question(row, _place(path, n, row)) for n, row in enumerate(rows, 1))
    _require_own_ids(path, [question.id for question in found])
    return found


def read_conversations(path: Path) -> tuple[Conversation, ...]:
    """The conversations of a file, in its order.

    :raises QuestionError: the file is missing, no JSON list, or a turn lacks a field.
    """
    rows = _rows(path)
    found = tuple(_conversation(row, _place(path, n, row)) for n, row in enumerate(rows, 1))
    _require_own_ids(path, [conversation.id for conversation in found])
    return found


def _rows(path: Path) -> list[Mapping[str, Any]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise QuestionError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    except ValueError as error:
        raise QuestionError(f"{path} is no JSON ({error}). Mend the file there.") from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise QuestionError(
            f"{path} holds no list of objects. Write [{{...}}, ...], one object a question or "
            "conversation."
        )
    return rows


def _place(path: Path, number: int, row: Mapping[str, Any]) -> str:
    """How an error names an entry: "set.json, entry 3 (s03)"."""
    return f"{path}, entry {number}" + (f" ({row['id']})" if row.get("id") else "")


def _conversation(row: Mapping[str, Any], place: str) -> Conversation:
    id, language = _text(row, "id", place), _language(row, place)
    turns = row.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) for t in turns):
        raise QuestionError(
            f"{place}: `turns` is {json.dumps(turns)}. Write a list of questions to ask in order; "
            "single questions go into the first file."
        )
    common = {"lang": language, "type": "turn"}
    asked = tuple(
        _question({**common, **turn, "id": f"{id}.{n}"}, f"{place}, turn {n}")
        for n, turn in enumerate(turns, 1)
    )
    return Conversation(id, language, asked)


def _question(row: Mapping[str, Any], place: str) -> Question:
    is_answerable = row.get("answerable", True)
    if not isinstance(is_answerable, bool):
        raise QuestionError(
            f"{place}: `answerable` is {json.dumps(is_answerable)}. Write true or false."
        )
    if "turns" in row:
        raise QuestionError(
            f"{place}: this is a conversation. Give its file as the second argument."
        )
    answers, evidence = _answers(row, place), _evidence(row, place)
    if is_answerable and not (answers and evidence):
        lacking = "evidence" if answers else "answers"
        raise QuestionError(
            f"{place}: no `{lacking}`. An answerable question needs answers and evidence; mark "
            'one that the documents do not answer with "answerable": false.'
        )
    return Question(
        id=_text(row, "id", place),
        language=_language(row, place),
        type=_text(row, "type", place),
        style=row.get("style"),
        text=_text(row, "question", place).strip(),
        is_answerable=is_answerable,
        answers=answers,
        needs_all_answers=_mode(row, "answers_mode", place) == "all",
        forms=row.get("forms") or {},
        evidence=evidence,
        needs_all_evidence=_mode(row, "evidence_mode", place) == "all",
        aggregation=row.get("aggregation"),
        category=row.get("category"),
        pair=row.get("pair"),
    )


def _text(row: Mapping[str, Any], field: str, place: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise QuestionError(f"{place}: `{field}` is {json.dumps(value)}. Give it as text.")
    return value


def _language(row: Mapping[str, Any], place: str) -> str:
    return _one_of(row, "lang", row.get("lang"), LANGUAGES, place)


def _mode(row: Mapping[str, Any], field: str, place: str) -> str:
    return _one_of(row, field, row.get(field, "any"), MODES, place)


def _one_of(
    row: Mapping[str, Any], field: str, value: object, allowed: Sequence[str], place: str
) -> str:
    if value not in allowed:
        raise QuestionError(
            f"{place}: `{field}` is {json.dumps(value)}. Write {' or '.join(allowed)}."
        )
    return str(value)


def _answers(row: Mapping[str, Any], place: str) -> tuple[str, ...]:
    answers = row.get("answers") or []
    if not isinstance(answers, list) or not all(isinstance(a, str) and a.strip() for a in answers):
        raise QuestionError(
            f"{place}: `answers` is {json.dumps(answers)}. Write a list of strings that an answer "
            "must hold."
        )
    return tuple(answers)


def _evidence(row: Mapping[str, Any], place: str) -> tuple[Evidence, ...]:
    listed = row.get("evidence") or []
    if not isinstance(listed, list) or not all(map(_is_evidence, listed)):
        raise QuestionError(
            f'{place}: `evidence` is not a list of {{"quote": "...", "lines": [first, last]}}. '
            "Give each stretch in that form."
        )
    return tuple(
        Evidence(each["quote"], (each["lines"][0], each["lines"][1]), each.get("document"))
        for each in listed
    )


def _is_evidence(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("quote"), str):
        return False
    lines = value.get("lines")
    is_pair = isinstance(lines, list) and len(lines) == 2
    return bool(value["quote"].strip()) and is_pair and all(isinstance(n, int) for n in lines or [])


def _require_own_ids(path: Path, ids: Sequence[str]) -> None:
    repeated = next((id for id in ids if ids.count(id) > 1), None)
    if repeated is not None:
        raise QuestionError(f"{path}: the id {repeated} stands twice. Give each entry its own.")
