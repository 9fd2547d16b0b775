"""The words of tables: which ones name a row or column, and how much each of them weighs.

Words are compared in a form that typing errors, endings and a few synonyms do not change.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from kb.text import stemmed, stop_words, tokens

# share of a row's label that the question must hold ("transport" for "Transport & storage")
LEAST_LABEL = 0.45
LEAST_UNIQUE = 0.3  # the same, if no other row has these words
LEAST_NAMED = 0.6  # share from which one of two alike columns is the one that is meant
LEAST_TYPED = 87  # likeness, of 100, of a mistyped word to the word that is meant
# Words that mean the same in tables. The first stands for all.
_ALIKE = (
    "percent percentage porcentaje",
    "rank ranks ranked ranking rankings position placed puesto posicion clasificacion",
    "score scores scored index puntuacion puntaje",
    "expert experts researcher researchers specialist scientist experto expertos investigador "
    "investigadores especialista especialistas",
    "job jobs employ employs employed employment work works worker workers "
    "empleo empleos trabajo trabajos trabajadores",
    "programme programmes program programs programa programas",
    "risk risks exposed exposure affected vulnerable threatened riesgo expuesto expuestos afectado "
    "afectados",
    "automation automatable automated automatizacion automatizable automatizables automatizar",
    "woman women female mujer mujeres",
    "man men male hombre hombres",
    "cost costs price spend spent expensive costly costliest dearest cheap cheapest coste costes "
    "costo costos costar costaron cuesta caro cara caros barato barata",
    "state states province provinces region regions district geographic geographical estado "
    "estados provincia provincias comarca comarcas",
    "country countries nation pais paises",
    "reply replies replied answer answers response responses responded respuesta respuestas",
    "start starts started begin began begun inicio inicia iniciar inicio iniciaron empezo "
    "empezaron comenzo comenzaron",
    "year years ano anos",
    "sector sectors sectores subsector subsectors subsectores",
    "metric metrics indicator indicators measure measures metrica metricas indicador indicadores",
)
_FURNITURE = frozenset(
    "accordance ambito annual anual aparece aparecen appear appears area aspect aspecto "
    "average belong came cantidad categoria category chart column columna columnas columns "
    "come comes comparar compare compared comparison count cuadro dame dar debe deben di "
    "diferencia difference document documento enviaron envio exactamente exactly figura "
    "figure fila filas find finish finished frente gano group grupo give gives got grafico graph "
    "happen "
    "happens have held hold holds hubo indica indique informe item items least less list "
    "lista listed lists make menciona mention mentioned more mostrar muestra muestran must "
    "name necesario necessary number numbers numero obtuvo occupies occupy ocupa ocupan "
    "ocurre pasa place promedio quantity queda quedan received recibieron recibio report "
    "reported row rows see send sends sent show shown shows single solo stand stands stay "
    "stays sub sum suma sumar sums tabla table take takes taken took tell than there thing total "
    "totals tuvieron "
    "tuvo unica unico valor valores value values versus vs worth yearly".split()
)
LABEL = re.compile(
    r"\b(?:tabla|table|cuadro|figure|figura|gráfico|gráfica|grafico|chart)\s+\d{1,3}\b", re.I
)
_SHARE = re.compile(r"%|\bper ?cent\b|\bpor ciento\b|\b(?:what|which) (?:share|proportion|fraction)"
                    r"\b|\bqué (?:parte|proporción)\b|\bhow (?:likely|probable)\b"
                    r"|\bqué (?:tan )?proba\w+", re.I)  # fmt: skip

Words = frozenset[str]


_SKIPPED = stop_words("en") | stop_words("es") | _FURNITURE


@lru_cache(maxsize=50_000)  # every question is held against every cell
def content_tokens(text: str) -> tuple[str, ...]:
    plain = _SHARE.sub(" percent ", LABEL.sub(" ", text)).replace("-", " ")
    words = [w.removesuffix("’s").removesuffix("'s") for w in tokens(plain)]
    return tuple(w for w in words if w not in _SKIPPED)


@lru_cache(maxsize=50_000)
def form_of(word: str) -> str:
    """What two words that mean the same have in common: the first of those alike, or a stem."""
    return _FIRST.get(word) or stemmed([word], "en")[0][:7]


_FIRST = {word: group.split()[0] for group in _ALIKE for word in group.split()}


def words_of(*texts: str | None) -> Words:
    return frozenset(form_of(w) for text in texts if text for w in content_tokens(text))


class Vocabulary:
    """The words of all sheets, and how much each weighs."""

    def __init__(self, sets: Sequence[Sequence[str]]) -> None:
        """:param sets: texts of each row, and of each caption with its columns."""
        self.surface = {w: form_of(w) for texts in sets for t in texts for w in content_tokens(t)}
        self.forms = frozenset(self.surface.values())
        self.total = len(sets)
        self.frequency = Counter(w for texts in sets for w in words_of(*texts))

    def heft(self, words: Iterable[str]) -> float:
        return sum(math.log(1 + self.total / max(self.frequency[w], 1)) for w in words)

    def share(self, part: Words, whole: Words) -> float:
        return self.heft(part & whole) / self.heft(whole) if whole else 0.0

    def read(self, text: str) -> Words:
        """Content words, a mistyped one as the word of the sheets that it is most like."""
        found = set()
        for word in content_tokens(text):
            if len(word) >= 5 and word.isalpha() and form_of(word) not in self.forms:
                near = [w for w in self.surface if w[0] == word[0]]
                best = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=LEAST_TYPED)
                word = best[0] if best else word
            found.add(form_of(word))
        return frozenset(found)

    def asked(self, labels: Sequence[Words], words: Words, least: float) -> list[int]:
        """Which labels the words name; of two that share the same words the one named in full."""
        got = [label & words for label in labels]
        share = [self.share(words, label) for label in labels]

        def is_unique(i: int) -> bool:
            return not any(got[i] & other for other in labels if other != labels[i])

        kept = [
            i for i, s in enumerate(share)
            if got[i] and (s >= least or (s >= LEAST_UNIQUE and is_unique(i)))
        ]  # fmt: skip
        return [
            i for i in kept
            if not any(
                got[i] < got[j] or (got[i] == got[j] and share[i] < share[j] >= LEAST_NAMED)
                for j in kept
            )
        ]  # fmt: skip
