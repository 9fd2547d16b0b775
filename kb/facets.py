"""How rows divide by facet, each facet's numbers under the other filters: what choosing another of
its values would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kb.text import fold

Values = Mapping[str, Sequence[str]]  # facet -> what a row counts as under it


def unmet(values: Values, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """The filters that a row does not meet.

    :param wanted: facet -> folded value.
    """
    return tuple(n for n, value in wanted.items() if value not in map(fold, values.get(n, ())))


def divide(
    rows: Iterable[tuple[Values, Sequence[str]]], facets: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """Facet -> its values with how many rows each has, most first.

    :param rows: the values of each row, and the filters it does not meet.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in facets}
    for values, missed in rows:
        if len(missed) > 1:
            continue
        for name in facets:
            if not missed or missed[0] == name:
                counts[name].update(values.get(name, ()))
    return {
        name: sorted(c.items(), key=lambda pair: (-pair[1], pair[0])) for name, c in counts.items()
    }
