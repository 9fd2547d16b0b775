"""Tables of words whose columns are stages: what stands under one, or where something stands."""

from __future__ import annotations

from kb.answer import asking
from kb.answer.asking import Asked
from kb.answer.celltext import BULLET, Pick
from kb.answer.sheets import Entry, Table
from kb.answer.sheetwords import LEAST_LABEL, LEAST_NAMED, Vocabulary, words_of


def read_schedule(asked: Asked, table: Table, known: Vocabulary) -> Pick | None:
    """What stands under the stage that is named, or the stage of what is named."""
    cells = [c for e in table.entries for c in e.cells]
    is_schedule = sum(bool(asking.STAGES.search(label)) for label in table.labels) > 1
    if not is_schedule or any(c.value is not None for c in cells) or len(table.entries) < 2:
        return None
    above = {c.column: c for c in cells if c.row == cells[0].row and not BULLET.match(c.text)}
    heads = above if any(BULLET.match(c.text) for c in cells) else {}
    below = [c for c in cells if heads.get(c.column) is not c]
    stages = list(dict.fromkeys((c.column, c.column_label or "") for c in cells))
    own = [words_of(label) for _, label in stages]
    titles = [
        words_of(heads[column].text) if column in heads else frozenset() for column, _ in stages
    ]
    at = known.asked(own, asked.words, LEAST_NAMED) or known.asked(titles, asked.words, LEAST_LABEL)
    named = {stages[i][0] for i in at}
    row = frozenset[str]().union(*((own[i] | titles[i]) & asked.words for i in at))
    if not (asking.WHEN.search(asked.text) or named) or len(named) > 1:
        return None
    under = [c for c in below if not named or c.column in named]
    held = [words_of(c.text) & asked.words - row for c in under]
    most = max((known.heft(h) for h in held), default=0.0)
    best = [c for c, h in zip(under, held, strict=True) if h and known.heft(h) == most]
    if not named and (len(best) != 1 or max(map(len, held)) < 2):
        return None
    return Pick(
        tuple((Entry((c,), heads.get(c.column, c)), (c,)) for c in (best or under)),
        row | words_of("stage phase period step moment etapa fase"),
        words_of(*(c.text for c in best or under)),
        "stage",
    )
