"""Names of countries: one country's names in either language, its people's, its capital's.

data/countries.tsv: a country a line; its names, its people's names and its capital (which stands
for its government, but not the other way round), folded, with - for a blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from index.words import DATA
from kb.text import fold

TABLE = DATA.parent / "countries.tsv"


def also_called(name: str) -> tuple[str, ...]:
    """Other names of the country that a name means, folded; none if it means no country.

    Example: "Paris" -> ("france", "francia", "french", ...); "French" -> ("france", ...).
    """
    return _names().get(fold(name).removesuffix("'s").removesuffix("’s"), ())


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        country, people, capital = (
            [name.replace("-", " ") for name in part.split()] for part in line.split("\t")
        )
        own = dict.fromkeys([*country, *people])
        for name in [*own, *capital, *(last for c in capital for last in c.split()[-1:])]:
            made[name] += tuple(other for other in own if other != name)
    return made
