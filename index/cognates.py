"""Spanish words -> English words written nearly alike: regulación -> regulation. For words that no
table knows; only words of a given vocabulary come out.
"""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.text import fold

SHORTEST = 6  # letters; shorter words are alike by chance
LEAST_LIKENESS = 0.84
# Spanish endings and what English has in their place, longest first.
ENDINGS = (
    ("aciones", ("ations",)), ("acion", ("ation",)), ("ciones", ("tions", "ctions")),
    ("cion", ("tion", "ction")), ("siones", ("sions", "ssions")), ("sion", ("sion", "ssion")),
    ("amente", ("ely", "ally", "ly")), ("mente", ("ly",)), ("idades", ("ities",)),
    ("idad", ("ity",)), ("dades", ("ties",)), ("dad", ("ty",)), ("anza", ("ance",)),
    ("encia", ("ence", "ency")), ("ancia", ("ance", "ancy")), ("encias", ("ences",)),
    ("ologia", ("ology",)), ("ologias", ("ologies",)), ("grafia", ("graphy",)), ("ismo", ("ism",)),
    ("ista", ("ist",)), ("istas", ("ists",)), ("ico", ("ic", "ical", "ics")),
    ("ica", ("ic", "ics", "ical")), ("icos", ("ic", "ical", "ics")), ("icas", ("ic", "ical")),
    ("ario", ("ary",)), ("aria", ("ary",)), ("arios", ("ary", "aries")), ("orio", ("ory",)),
    ("orios", ("ories",)), ("oria", ("ory",)), ("ivo", ("ive",)), ("iva", ("ive",)),
    ("ivos", ("ives", "ive")), ("ivas", ("ives", "ive")), ("oso", ("ous",)), ("osa", ("ous",)),
    ("osos", ("ous",)), ("osas", ("ous",)), ("ador", ("ator",)), ("adores", ("ators",)),
    ("izar", ("ize", "ise")), ("ificar", ("ify",)), ("izado", ("ized", "ised")),
    ("izada", ("ized", "ised")), ("ado", ("ated", "ed")), ("ada", ("ated", "ed")),
    ("ar", ("ate", "e", "")), ("ia", ("y", "ia")), ("ias", ("ies",)), ("io", ("y", "ium")),
    ("ura", ("ure",)), ("ales", ("al", "als")), ("o", ("", "e")), ("a", ("", "e")),
    ("os", ("s", "")), ("as", ("s", "")), ("es", ("s", "")), ("e", ("",)),
)  # fmt: skip


def cognates(word: str, vocabulary: Collection[str]) -> list[str]:
    """Words of an English vocabulary that a Spanish word may be, best first; at most two.

    Example: "gobernabilidad" over {"governability"} -> ["governability"].
    """
    plain = fold(word)
    if len(plain) < SHORTEST or not plain.isalpha():
        return []
    forms = _forms(plain)
    same = [form for form in forms if form in vocabulary]
    if same:
        return same[:2]
    near = [
        (-score, known)
        for form in forms[:3]
        for known, score, _ in process.extract(
            form,
            [k for k in vocabulary if k[:1] == form[0]],
            scorer=DamerauLevenshtein.normalized_similarity,
            limit=1,
            score_cutoff=LEAST_LIKENESS,
        )
    ]
    return [known for _, known in sorted(near)[:1]]


def _forms(plain: str) -> list[str]:
    """How English might write the word: by its ending, then as it is."""
    made = []
    for ending, others in sorted(ENDINGS, key=lambda row: -len(row[0])):
        if plain.endswith(ending):
            made += [plain[: -len(ending)] + other for other in others]
    return [*made, plain]
