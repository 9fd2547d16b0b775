"""Text of a question -> the question in its own language and in those of the documents, its
spelling mended and its words put as the documents have them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from index import lexical
from index.acronyms import is_acronym, written_out
from index.countries import also_called
from index.itself import as_documents_say
from index.spelling import WORD, corrections, nearly, replaced
from index.translate import Translator, best_translator, word_table
from index.words import WordTable
from kb.question import Query, Question, part_named, read_question, runs_of_names
from kb.store import Store
from kb.text import fold, language_of, tokens

FEW = 3  # words that may have none by which their language shows
LIKELY = 0.3  # share of a word's translations, from which a sense may be meant


def other_names(name: str) -> tuple[str, ...]:
    """What else a name may stand under: the country that it means, an acronym in full."""
    return (*also_called(name), *written_out(name))


@dataclass(repr=False)  # a traceback would print every word
class Reader:
    """Reads questions by what a knowledge base knows; from several threads."""

    store: Store
    lock: threading.Lock
    names: Collection[str]  # of people, bodies and places; no translation touches them
    languages: frozenset[str]  # of the documents
    frequency: Mapping[str, int]  # folded word -> passages it stands in

    @cached_property
    def translator(self) -> Translator:
        """Read at the first question in another language; half a second."""
        return best_translator()

    @cached_property
    def table(self) -> WordTable:
        """The word table, read likewise."""
        return word_table()

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of all names."""
        return frozenset(token for name in self.names for token in tokens(name))

    def read(self, text: str) -> Query:
        """A question in its own language and in those of the documents, spelling mended by the
        documents' own words.
        """
        text = text.encode("utf-8", "replace").decode()  # half a letter is none
        own = self.language(text)
        languages = sorted({own, "en"} | self.languages)
        asked = self._reading(text, own, True)
        # A name that is a word of the language (Ética, Brasil) is put into the other one.
        whole = {word for run in runs_of_names(text) if self._is_there(run) for word in run.split()}
        proper = tuple(
            n for n in asked.names if n in self.names or n in whole or self._is_proper(n, own)
        )
        strange = tuple(n for n in asked.names if n not in proper and self._is_name(n, own))
        others = [to for to in languages if to != own]
        if others:  # a name that the documents have under a translation is none of theirs
            strange = tuple(n for n in strange if not self._is_met(n, own))
        readings = {own: replace(asked, names=(*proper, *strange))}
        spelt = self._spelt(text, own) if others else text
        for to in others:
            put = self.translator.translate(spelt, own, to, {*self.names, *proper})
            readings[to] = self._with_senses(self._reading(put, to), asked)
        return Query(text, own, readings)

    def language(self, text: str) -> str:
        """The language of a question. A word or two have no small words by which it shows; then
        it is that in which more of them are common.
        """
        words = tokens(text)
        own = language_of(text)
        if own != "en" or len(words) > FEW:
            return own
        counts = [
            [sum(e.count for e in self.table.entries(word, code)) for code in ("es", "en")]
            for word in words
        ]
        return "es" if sum(a > b for a, b in counts) > sum(b > a for a, b in counts) else "en"

    def _reading(self, text: str, language: str, is_own: bool = False) -> Question:
        """A text taken apart; is_own: it is the asker's, whose words are as they are meant."""
        said = as_documents_say(text, language, self.frequency)
        words = lexical.content_words(part_named(said)[1], language)
        sure = [w for w in words if is_own and self._is_word(w, language)]
        better = {w: corrections(w, self.frequency, language) for w in words if w not in sure}
        words = list(dict.fromkeys(m for w in words for m in (w, *better.get(w, ()))))
        best = {w: meant[0] for w, meant in better.items() if meant}
        question = read_question(text, words, language, replaced(said, best))
        if is_own:
            names = tuple(map(self._as_written, question.names))
            wrong = {t for n in question.names if n not in names for t in tokens(n)}
            mended = [t for n in names if n not in question.names for t in tokens(n)]
            words = [*(w for w in words if w not in wrong), *mended]
            question = replace(question, names=names, words=tuple(dict.fromkeys(words)))
        absent = [n for n in question.names if fold(n) not in self.frequency]
        others = [t for n in absent for name in other_names(n) for t in tokens(name)]
        met = dict.fromkeys(t for t in others if t in self.frequency and t not in words)
        return replace(question, words=(*question.words, *met), of_itself=said != text)

    def _as_written(self, name: str) -> str:
        """A name as the documents write it, if one that they do not have is nearly theirs."""
        if fold(name) in self.frequency or other_names(name):
            return name
        words = [*nearly(fold(name), self.name_words), *corrections(fold(name), self.frequency)]
        return next(iter(words), name)

    def _is_word(self, word: str, language: str) -> bool:
        """Whether a word that the documents do not have is one of its language all the same."""
        return word in self.frequency or self.table.is_common(word, language)

    def _with_senses(self, reading: Question, asked: Question) -> Question:
        """A reading of which the documents do not have every word, with the other likely senses of
        the asked words that they have: a meter is a contador or a metro.
        """
        if all(word in self.frequency for word in reading.words):
            return reading
        senses = [
            word
            for own in asked.words
            for other, share in self.table.words(own, asked.language, reading.language)
            for word in tokens(other)
            if share >= LIKELY and word in self.frequency and word not in reading.words
        ]
        return replace(reading, words=(*reading.words, *dict.fromkeys(senses)))

    def _is_proper(self, name: str, language: str) -> bool:
        return not all(self.table.is_common(token, language) for token in tokens(name))

    def _is_name(self, word: str, language: str) -> bool:
        """Whether a word of the language is a name all the same: of somebody here, of a country
        (Chile), an acronym (GDPR), or one that no translation changes (Boston).
        """
        other = "en" if language == "es" else "es"
        meanings = self.table.words(word, language, other)
        is_same = bool(meanings) and fold(meanings[0][0]) == fold(word)
        is_ours = set(tokens(word)) <= self.name_words
        return is_same or is_ours or is_acronym(word) or bool(also_called(word))

    def _is_there(self, run: str) -> bool:
        """Whether a name of several words stands in a passage as it is."""
        with self.lock:
            return len(run.split()) > 1 and bool(lexical.with_phrase(self.store, tokens(run), 1))

    def _is_met(self, name: str, language: str) -> bool:
        """Whether the documents have a word of a language, or a translation of it: Chile is a
        pepper too.
        """
        meant = (
            other for to in self.languages for other, _ in self.table.words(name, language, to)
        )
        return any(t in self.frequency for other in (name, *meant) for t in tokens(other))

    def _spelt(self, text: str, language: str) -> str:
        """A text with misspelt words put right where no document is in its language, so that they
        can be translated.
        """
        if language in self.languages:
            return text
        known = self.table.vocabulary(language)

        def spelt(found: re.Match[str]) -> str:
            word = found.group()
            is_known = self.table.entries(word.lower(), language) or fold(word) in self.name_words
            better = [] if is_known else corrections(fold(word), known)
            return better[0] if better else word

        return WORD.sub(spelt, text)
