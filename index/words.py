"""A word of Spanish or English -> its likeliest translations, by a table learnt from sentence
pairs; and from it accents for a text without them, and a word-by-word translation.

training/word_table.py makes the table; data/spanish/CARD.md says of what.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
    """What is known of the words of one language."""

    rows: Mapping[str, str]  # word -> its row of the table, taken apart when it is asked for

    def entry(self, word: str) -> Entry:
        """What is known of a word that is there."""
        count, follows, said = self.rows[word].split("\t")
        return Entry(word, int(count), follows == "1", said)

    def folded(self, plain: str) -> list[Entry]:
        """All words that are one without accents."""
        return [self.entry(word) for word in self._by_fold.get(plain, [plain]) if word in self.rows]

    def written(self, plain: str) -> list[Entry]:
        """A word as it is written, else all that are one with it without accents."""
        return [self.entry(plain)] if plain in self.rows else self.folded(fold(plain))

    def beginning(self, plain: str) -> list[Entry]:
        """All words, but for terms of several, whose folded form begins like another."""
        return [self.entry(word) for word in self._by_start.get(plain[:START], ())]

    @cached_property
    def _by_fold(self) -> Mapping[str, Sequence[str]]:
        """Folded word -> the words of which it is the form, where one of them differs from it."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.rows:
            if not word.isascii():
                found[fold(word)].append(word)
        for plain, words in found.items():
            words += [plain] if plain in self.rows else []
        return dict(found)

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.rows:
            if " " not in word:
                found[fold(word[:START])].append(word)
        return found


class WordTable:
    """The table of both languages, read at once (a twentieth of a second).

    :raises MissingPartError: its file is not there.
    """

    name = "word table"

    def __init__(self, path: Path = TABLE) -> None:
        if not path.is_file():
            raise MissingPartError(
                f"The word table {path} is missing; install the program again. It is made by "
                "training/word_table.py."
            )
        rows: dict[str, dict[str, str]] = {"es": {}, "en": {}}
        for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
            language, word, row = line.split("\t", 2)
            rows[language][word] = row
        self._languages = {code: Language(own) for code, own in rows.items()}

    def words(self, word: str, source: str, target: str) -> Meanings:
        """The likeliest translations of a word, or of a term of several, with their shares, best
        first; none if nothing is known. A word without its accents, or in a form that was never
        seen, gets those of its like; a Spanish one that has no like, those written nearly alike.
        """
        found = self.entries(word, source)
        if not found and (source, target) == ("es", "en"):
            return [(w, COGNATE_SHARE) for w in cognates(word, self._languages["en"].rows)]
        return merged(found)[:MOST]

    def vocabulary(self, language: str) -> Collection[str]:
        """The words of a language that are known."""
        return self._languages[language].rows.keys()

    def is_common(self, word: str, language: str) -> bool:
        """Whether a word is known as it is written, whatever its capitals and accents; a name that
        is none of the language's words is not.
        """
        return bool(self._languages[language].folded(fold(word)))

    def entries(self, word: str, language: str) -> Sequence[Entry]:
        """What is known of a word, else of its folded form, else of its stem."""
        known, plain = self._languages[language], word.lower()
        if found := known.written(plain):
            return found
        like = [e for e in known.beginning(fold(plain)) if e.meanings]
        stem, *stems = stemmed([plain, *(e.word for e in like)], language)
        return [e for e, own in zip(like, stems, strict=True) if own == stem]

    def folded(self, word: str, language: str) -> Meanings:
        """Translations of all words that are one without accents."""
        return merged(self._languages[language].folded(fold(word)))[:MOST]

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
        known = self._languages[language]
        for part, is_name in parts(text, keep):
            if is_name:
                yield part, True
                continue
            words = re.findall(rf"{WORD.pattern}|[{_SIGNS}]", part)
            at = 0
            while at < len(words):
                sizes = range(min(LONGEST_TERM, len(words) - at), 1, -1)
                size = next(
                    (n for n in sizes if known.folded(fold(" ".join(words[at : at + n])))), 1
                )
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
        return any(entry.follows for entry in self._languages["es"].written(term.lower()))

    def _forms(self, plain: str) -> dict[str, int]:
        """The spellings of a folded Spanish word with how often each was seen."""
        return {e.word: e.count for e in self._languages["es"].folded(plain)}


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
