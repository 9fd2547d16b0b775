"""A word of Spanish or English -> its likeliest translations, by a table learnt from sentence
pairs; and from it accents for a text without them, and a word-by-word translation.

training/word_table.py makes the table; data/spanish/CARD.md says of what.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.accents import accented, is_question
from index.cognates import cognates
from index.names import parts
from kb.errors import MissingPartError
from kb.text import fold, stemmed, stop_words

DATA = Path(__file__).parent / "data" / "spanish"
TABLE = DATA / "words.tsv.gz"
TERMS = DATA / "terms.tsv"  # written by hand: names of things, which stand for themselves anywhere
TERMS_EN = DATA / "terms-en.tsv"  # the same from English: what Apertium takes in another sense
PHRASES = DATA / "phrases.tsv"  # by hand too: verbs, adjectives, small words
WORD = re.compile(r"[^\W_]+(?:['’\-.&+][^\W_]+)*")
MOST = 6  # translations of a word
LONGEST_TERM = 5  # words
START = 3  # letters that words of one stem share
LEAST_SHARE = 0.1  # a word that is translated more rarely than this stands for nothing
COGNATE_SHARE = 0.3
_SIGNS = "?!.,;:"
Meanings = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: how often it was seen, whether it follows the noun that it goes before in English,
    and its translations as they stand in the table, which are taken apart when they are asked for.
    """

    word: str
    count: int
    follows: bool
    said: str

    @property
    def meanings(self) -> tuple[tuple[str, float], ...]:
        """Its translations with their share of its occurrences, best first."""
        pairs = (meaning.rsplit(":", 1) for meaning in self.said.split("|") if meaning)
        return tuple((word, float(share)) for word, share in pairs)


@dataclass(frozen=True)
class Language:
    """The entries of one language, by word, by folded word and by how the folded word begins."""

    by_word: dict[str, Entry]
    by_fold: dict[str, list[Entry]]
    by_start: dict[str, list[Entry]]


class WordTable:
    """The table of both languages, read at once (half a second).

    :raises MissingPartError: its file is not there.
    """

    name = "word table"

    def __init__(self, path: Path = TABLE) -> None:
        if not path.is_file():
            raise MissingPartError(
                f"The word table {path} is missing; install the program again. It is made by "
                "training/word_table.py."
            )
        rows: dict[str, list[Entry]] = {"es": [], "en": []}
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                language, entry = _entry(line)
                rows[language].append(entry)
        self._languages = {code: _language(entries) for code, entries in rows.items()}

    def words(self, word: str, source: str, target: str) -> Meanings:
        """The likeliest translations of a word, or of a term of several, with their shares, best
        first; none if nothing is known. A word without its accents, or in a form that was never
        seen, gets those of its like; a Spanish one that has no like, those written nearly alike.
        """
        found = self.entries(word, source)
        if not found and (source, target) == ("es", "en"):
            return [(w, COGNATE_SHARE) for w in cognates(word, self._languages["en"].by_word)]
        return merged(found)[:MOST]

    def vocabulary(self, language: str) -> Collection[str]:
        """The words of a language that are known."""
        return self._languages[language].by_word.keys()

    def is_common(self, word: str, language: str) -> bool:
        """Whether a word is known as it is written, whatever its capitals and accents; a name that
        is none of the language's words is not.
        """
        return fold(word) in self._languages[language].by_fold

    def entries(self, word: str, language: str) -> Sequence[Entry]:
        """What is known of a word, else of its folded form, else of its stem."""
        known, plain = self._languages[language], word.lower()
        if plain in known.by_word:
            return [known.by_word[plain]]
        if fold(plain) in known.by_fold:
            return known.by_fold[fold(plain)]
        like = [e for e in known.by_start.get(fold(plain)[:START], []) if e.meanings]
        stem, *stems = stemmed([plain, *(e.word for e in like)], language)
        return [e for e, own in zip(like, stems, strict=True) if own == stem]

    def folded(self, word: str, language: str) -> Meanings:
        """Translations of all words that are one without accents."""
        return merged(self._languages[language].by_fold.get(fold(word), []))[:MOST]

    def restore_accents(self, text: str, keep: Collection[str] = ()) -> str:
        """Spanish with the accents that its words are mostly written with.

        Example: "cual es el pais" -> "cuál es el país".
        """
        asks = is_question(text)
        made: list[str] = []
        for part, is_name in parts(text, keep):
            made.append(part if is_name else accented(part, self._forms, asks and not made))
        return "".join(made)

    def translate(self, text: str, source: str, target: str, keep: Collection[str] = ()) -> str:
        """Word by word, with adjectives before their nouns in English; names stay as they are."""
        plain = self.restore_accents(text, keep) if source == "es" else text
        out: list[str] = []
        noun = 0  # where an adjective that follows has to go
        for term, is_name in self._terms(plain, keep, source):
            meaning = term if is_name or term in _SIGNS else self._meaning(term, source, target)
            if not meaning:
                continue
            if noun < len(out) and target == "en" and not is_name and self._follows(term):
                out.insert(noun, meaning)
                continue
            out.append(meaning)
            ends = term in _SIGNS or fold(term) in stop_words(source)
            noun = len(out) if ends else len(out) - 1
        return re.sub(r" (?=[?!.,;:])", "", " ".join(out))

    def _terms(self, text: str, keep: Collection[str], language: str) -> Iterator[tuple[str, bool]]:
        """The longest known terms, words and signs of a text; whether each is a name."""
        by_fold = self._languages[language].by_fold
        for part, is_name in parts(text, keep):
            if is_name:
                yield part, True
                continue
            words = re.findall(rf"{WORD.pattern}|[{_SIGNS}]", part)
            at = 0
            while at < len(words):
                sizes = range(min(LONGEST_TERM, len(words) - at), 1, -1)
                size = next((n for n in sizes if fold(" ".join(words[at : at + n])) in by_fold), 1)
                yield " ".join(words[at : at + size]), False
                at += size

    def _meaning(self, term: str, source: str, target: str) -> str:
        """The likeliest translation; the term itself if nothing is known, nothing if it is mostly
        left out.
        """
        entries = self.entries(term, source)
        if not entries and term[:1].isupper():
            return term
        meanings = self.words(term, source, target)
        if not meanings:
            return "" if entries else term
        return meanings[0][0] if sum(p for _, p in meanings) >= LEAST_SHARE else ""

    def _follows(self, term: str) -> bool:
        known, plain = self._languages["es"], term.lower()
        same = (
            [known.by_word[plain]] if plain in known.by_word else known.by_fold.get(fold(plain), [])
        )
        return any(entry.follows for entry in same)

    def _forms(self, plain: str) -> dict[str, int]:
        """The spellings of a folded Spanish word with how often each was seen."""
        return {e.word: e.count for e in self._languages["es"].by_fold.get(plain, [])}


def hand_written(*files: Path) -> dict[str, str]:
    """Terms with their like in the other language."""
    rows = (row for file in files for row in file.read_text(encoding="utf-8").splitlines())
    return dict(row.split("\t") for row in rows)


def merged(entries: Sequence[Entry]) -> Meanings:
    """Translations of several words in one list, each word with the weight of its count."""
    shares: dict[str, float] = defaultdict(float)
    whole = sum(entry.count for entry in entries)
    for entry in entries:
        for meaning, share in entry.meanings:
            shares[meaning] += share * entry.count / whole
    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))


def _entry(line: str) -> tuple[str, Entry]:
    language, word, count, follows, meanings = line.rstrip("\n").split("\t")
    return language, Entry(word, int(count), follows == "1", meanings)


def _language(entries: Sequence[Entry]) -> Language:
    by_fold, by_start = defaultdict(list), defaultdict(list)
    for entry in entries:
        plain = fold(entry.word)
        by_fold[plain].append(entry)
        if " " not in plain:
            by_start[plain[:START]].append(entry)
    return Language({entry.word: entry for entry in entries}, dict(by_fold), dict(by_start))
