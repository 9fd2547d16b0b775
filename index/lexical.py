"""Words of a question -> passages by BM25 over the full-text table. User text can never become
query syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.schema import FULL_TEXT
from kb.store import Store
from kb.text import stop_words, tokens

# Weight of a word in the passage itself, in its headings, in its speaker, in its other forms.
WEIGHTS = (1.0, 0.5, 1.0, 0.5)
LEAST_PREFIX = 5  # a word this long also matches its longer forms: interview -> interviews


def content_words(question: str, language: str) -> list[str]:
    """The words of a question that say what it is about, each once, in order."""
    stop = stop_words(language)
    return list(dict.fromkeys(word for word in tokens(question) if word not in stop))


def match_expression(words: Sequence[str]) -> str:
    """An FTS5 expression that finds any of the words; each is quoted, so none can be an operator.

    The table stems English words itself.

    Example: ["interviews", "and"] -> '"interviews" OR "and"'.
    """
    return " OR ".join(_quoted(word) for word in words)


def stem(word: str) -> str:
    """A word without the ending that English and Spanish inflect, for a prefix match: interviews ->
    interview.
    """
    for ending in ("aciones", "iones", "ation", "ions", "ing", "ies", "ed", "es", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_PREFIX - 1:
            return word[: -len(ending)]
    return word


def search(store: Store, words: Sequence[str], k: int) -> list[tuple[int, float]]:
    """The k best passages as (id, score), best first, ties by id. Higher is better.

    Source of the ranking: BM25 as SQLite's FTS5 computes it, Robertson and Zaragoza 2009.
    """
    if not words:
        return []
    weights = ", ".join(map(str, WEIGHTS))
    rows = store.rows(
        f"select rowid, -bm25({FULL_TEXT}, {weights}) as score from {FULL_TEXT} where {FULL_TEXT} "
        f"match ? "
        "order by score desc, rowid limit ?",
        (match_expression(words), k),
    )
    return [(row["rowid"], row["score"]) for row in rows]


def with_phrase(store: Store, words: Sequence[str], most: int = 10) -> list[int]:
    """Passages in whose words some words stand together, in this order."""
    if not words:
        return []
    phrase = _quoted(" ".join(words))
    query = f"select rowid from {FULL_TEXT} where {FULL_TEXT} match ? order by rowid limit ?"
    return [row["rowid"] for row in store.rows(query, (f"clean : {phrase}", most))]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
