"""Is somebody for or against a subject? Only where the words say so and tie it to the subject.

Pure, by the words alone. "other" is no judgement of the person: it says that the words do not tell.
What could be read in two ways (a question, a condition, a "but", what others say, a subject that
only stands near) is "other".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kb.excerpt import Span
from kb.text import sentences, stemmed, stop_words

FOR, AGAINST, OTHER = "for", "against", "other"
LEAST_SHARE = 0.6  # of the subject's words that have to stand together
FARTHEST = 3  # words between what takes a side and the subject
_TURNED = {FOR: AGAINST, AGAINST: FOR}
_WORD = re.compile(r"\w+(?:['-]\w+)*")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that take a side. `taken_by` is who has to stand before them: "speaker" (we, nobody, a
    view's holder), "start" (nothing: a verb that is a noun too), "subject" (the subject itself),
    "anyone" (no matter who: the verb's form says it). All but those of "subject" stand before it.
    """

    pattern: re.Pattern[str]
    side: str
    taken_by: str
    turns: bool = True  # whether "not" gives the other side; "not afraid of it" is no praise


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language, folded, that the rules go by."""

    cues: tuple[Cue, ...]
    speakers: frozenset[str]
    between: frozenset[str]  # small words between a speaker and a verb
    making: re.Pattern[str]  # "the use of": what is done to the subject and is for it
    bars: frozenset[str]  # words that part a cue from the subject
    doubts: re.Pattern[str]  # conditions, contrasts
    reports: re.Pattern[str]  # what others say


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence to be judged: its words with their places, and the runs of words that name the
    subject (first and last of words).
    """

    text: str
    plain: str
    words: tuple[tuple[str, int, int], ...]
    subject: tuple[Span, ...]
    holder: int  # where a view's holder ends, -1 where there is none


def _cue(side: str, taken_by: str, words: str, turns: bool = True) -> Cue:
    return Cue(re.compile(rf"\b(?:{words})(?!\w)"), side, taken_by, turns)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MAKING = "|".join(
    "creation use adoption introduction development idea expansion establishment promotion "
    "creating using adopting introducing building developing expanding promoting having "
    "creacion uso adopcion introduccion desarrollo idea ampliacion promocion "
    "crear usar adoptar introducir construir desarrollar ampliar promover tener".split()
)
_ENGLISH = Language(
    (
        _cue(FOR, "speaker", r"support(?:s|ed)?(?: for)?|favou?r(?:s|ed)?|back(?:s|ed)?"
             r"|endorse[sd]?|welcome[sd]?|applaud(?:s|ed)?|agree[sd]? with|in favou?r of"
             r"|supportive of|(?:want|need)(?:s|ed)?(?: to see)?|must have|committed to"
             r"|(?:propose|recommend|advocate|promote)[sd]?|recommended|(?:ask|call)(?:s|ed)? for"
             r"|(?:stress|emphasi|underlin)\w* the (?:importance of|need for)"
             r"|(?:express|voic|show|declar)\w* (?:\w+ )?support for"),
        _cue(AGAINST, "speaker", r"oppose[sd]?|reject(?:s|ed)?|object(?:s|ed)? to|refuse[sd]?"
             r"|disagree[sd]? with|opposed to|against|condemn(?:s|ed)?|distrust(?:s|ed)?"),
        _cue(AGAINST, "speaker", r"fear(?:s|ed)?|afraid of|(?:worr(?:y|ied|ies)|concerned) "
             r"(?:about|by)|(?:express|voic|rais)\w* (?:\w+ )?(?:concerns?|fears|worries) "
             r"(?:about|over)|see (?:a|great|many) risks? in", False),
        _cue(FOR, "it", r"(?:necessary|essential|vital|crucial|important) to "
             r"(?:have|use|adopt|introduce|build|create|develop|expand|support|promote)"),
        _cue(FOR, "subject", r"necessary|needed|welcome"),
        _cue(FOR, "subject", r"essential|vital|crucial|indispensable", False),
        _cue(AGAINST, "subject", r"dangerous|harmful|unacceptable|useless|unnecessary"
             r"|a (?:mistake|threat|danger|risk)", False),
    ),
    _set("i we nobody no_one everyone everybody"),
    _set("am are is was were be been have has had do does did will would can could cannot not "
         "never no longer very much so all also both still always too quite don't doesn't didn't "
         "won't can't couldn't wouldn't isn't aren't wasn't haven't"),
    re.compile(rf"(?:(?:the|an|a|its|their) )?(?:{_MAKING}) (?:of )?"),
    stop_words("en") - _set("a any each every its more our such the their these this those")
    | _set("less fewer without end against limits stop ban"),
    re.compile(r"\b(?:if|unless|whether|provided|(?:as|so) long as|until|only|otherwise|but"
               r"|however|although|though|except|instead|rather|(?:would|could) have)\b"),
    re.compile(r"\b(?!(?:i|we|all|also|still|do|\w+ly)\b)\w+ (?:says?|said|thinks?|thought"
               r"|claim(?:s|ed)?|argue[sd]?|believe[sd]?|told|tells?|asks?|asked|insist(?:s|ed)?)\b"
               r"|\baccording to\b"),
)  # fmt: skip
_SPANISH = Language(
    (
        _cue(FOR, "anyone", r"apoyamos|respaldamos|defendemos|celebramos|quiero|queremos"
             r"|necesito|necesitamos|hacen? falta"),
        _cue(FOR, "start", r"apoyo|respaldo|defiendo|celebro"),
        _cue(FOR, "speaker", r"a favor del?|de acuerdo con|(?:apoy|respald|celebr|acog)\w+"
             r"|def(?:end|iend)\w+|quer(?:ia|ian)|quieren?|necesita\w*|pid(?:io|ieron|en|e)"
             r"|prop(?:uso|usieron|onen|one)|reclam(?:o|an|aron)"),
        _cue(AGAINST, "anyone", r"(?:me opongo|nos oponemos) al?|rechazamos"),
        _cue(AGAINST, "start", r"rechazo"),
        _cue(AGAINST, "speaker", r"(?:opon|opus)\w+ al?|rechaz\w+|en contra del?|contra"
             r"|opuest[oa]s? al?"),
        _cue(AGAINST, "anyone", r"temo|tememos|(?:me|nos) preocupan?", False),
        _cue(AGAINST, "speaker", r"tem(?:e|en|ia|ian|ieron)", False),
        _cue(FOR, "it", r"(?:necesario|esencial|imprescindible|indispensable|importante) "
             r"(?:tener|usar|adoptar|introducir|construir|crear|desarrollar|ampliar|apoyar)"),
        _cue(FOR, "subject", r"(?:necesari|bienvenid)[oa]s?"),
        _cue(FOR, "subject", r"(?:esencial|imprescindible|indispensable|vital)(?:es)?", False),
        _cue(AGAINST, "subject", r"(?:peligros|danin|innecesari)[oa]s?|(?:inaceptable|inutil)"
             r"(?:es)?|un (?:error|peligro|riesgo)|una amenaza", False),
    ),
    _set("yo nosotros nosotras estoy estamos nadie todos todas ninguno ninguna"),
    _set("no nunca jamas tampoco ya muy tambien siempre es son era eran fue sera seran seria esta "
         "estan estaba estaban he hemos han ha me nos se les resulta resultan"),
    re.compile(rf"(?:(?:el|la|los|las|su|un|una) )?(?:{_MAKING}) (?:del? )?"),
    stop_words("es") - _set("al el esa ese esta este estas estos la las lo los su sus toda todas "
                            "todo todos un una unas unos mas")
    | _set("menos sin contra fin limites"),
    re.compile(r"\b(?:siempre (?:que|y cuando)|a menos|salvo|hasta que|solo|pero|aunque"
               r"|sin embargo|sino|excepto|en vez)\b"),
    re.compile(r"\b(?:dicen?|dijo|dijeron|afirman?|opinan?|creen?|piensan?|sostienen?|segun)\b"),
)  # fmt: skip
_LANGUAGES = {"en": _ENGLISH, "es": _SPANISH}
_NEGATIVES = _set(
    "not never no cannot nobody no_one without doubt "
    "nunca jamas tampoco nadie ninguno ninguna ni sin dudo"
)  # and what ends in n't
_GONE = _set("to out off away")  # "we want the trust to go" is not to want the trust
# Who worries about these is for them.
_GOODS = _set(
    "job employment work privacy safety security health right ethic fairness justice transparency "
    "inclusion equality education environment freedom democracy trust quality future people child "
    "empleo trabajo privacidad seguridad salud derecho etica justicia transparencia inclusion "
    "igualdad educacion medio ambiente libertad democracia confianza calidad futuro persona nino"
)
_IF = re.compile(r"\bsi\b", re.IGNORECASE)  # without accent; "sí" is yes


def stance(
    text: str, language: str, subject_words: Sequence[str], holder: str = ""
) -> tuple[str, str]:
    """Which side somebody's words take on a subject, and the words that say so, as they stand in
    the text ("" for "other").

    :param subject_words: folded content words of the subject, in the text's language.
    :param holder: of a view, as the text words it; "" where the text is the speaker's own words.

    Example: "We do not support the trust.", "en", ["trust"] -> ("against", "We do not support").
    """
    known = _LANGUAGES.get(language, _ENGLISH)
    tied: list[tuple[str, str]] = []
    sides: set[str] = set()
    for start, end in sentences(text):
        read = _read(text[start:end], language, subject_words, holder)
        for side, cue, is_tied in _sides(read, known, language):
            sides.add(side)
            tied += [(side, cue)] if is_tied and not _is_doubtful(read, known, language) else []
    is_said = bool(tied) and len(sides) == 1 and not _is_worry_for(tied[0], subject_words, language)
    return tied[0] if is_said else (OTHER, "")


def _is_worry_for(found: tuple[str, str], subject_words: Sequence[str], language: str) -> bool:
    """Whether words of fear are about something good: to worry about jobs is to want them."""
    known = _LANGUAGES.get(language, _ENGLISH)
    worries = [c for c in known.cues if not c.turns and c.taken_by != "subject"]
    goods = {stem for other in ("en", "es") for stem in stemmed(sorted(_GOODS), other)}
    is_worry = any(c.pattern.search(_plain(found[1])) for c in worries)
    return is_worry and bool(goods & set(stemmed(subject_words, language)))


def _plain(text: str) -> str:
    """Lower case without accents, each character in its place: a text of the same length."""
    letters = (unicodedata.normalize("NFD", c)[0].lower()[0] for c in text.replace("’", "'"))
    return "".join(letters).replace("no one", "no_one")


def _read(text: str, language: str, subject_words: Sequence[str], holder: str) -> _Read:
    plain = _plain(text)
    words = tuple((m.group(), *m.span()) for m in _WORD.finditer(plain))
    at = plain.find(_plain(holder)) if holder else -1
    end = at + len(holder) if at >= 0 else -1
    return _Read(text, plain, words, tuple(_named(words, language, subject_words)), end)


def _named(
    words: Sequence[tuple[str, int, int]], language: str, subject_words: Sequence[str]
) -> Iterator[Span]:
    """Runs of words that hold enough of the subject's; small words may stand between."""
    wanted = set(stemmed(subject_words, language))
    stems = stemmed([word for word, _, _ in words], language)
    small = stop_words(language)
    runs: list[list[int]] = []
    for i, stem in enumerate(stems):
        if stem not in wanted:
            continue
        between = words[runs[-1][-1] + 1 : i] if runs else ()
        if runs and len(between) <= 2 and all(word in small for word, _, _ in between):
            runs[-1].append(i)
        else:
            runs.append([i])
    for run in runs:
        if len({stems[i] for i in run}) >= LEAST_SHARE * len(wanted):
            yield run[0], run[-1]


def _is_doubtful(read: _Read, known: Language, language: str) -> bool:
    """A question, a condition, a contrast, words within the words, or what others say."""
    after = read.plain[read.holder :].split(" ", 4)[-1] if read.holder >= 0 else read.plain
    return bool(
        re.search(r"[?¿“”«»\"]", read.text.strip('“”«»" '))
        or known.doubts.search(read.plain)
        or known.reports.search(after)
        or (language == "es" and _IF.search(read.text))
    )


def _sides(read: _Read, known: Language, language: str) -> Iterator[tuple[str, str, bool]]:
    """Each cue that somebody takes: its side, the words with what stands before them ("do not
    support"), and whether it is tied to the subject.
    """
    for cue in known.cues:
        for found in cue.pattern.finditer(read.plain):
            first = next((i for i, w in enumerate(read.words) if w[2] > found.start()), 0)
            begin = _begin(read, first, known)
            if not _is_taken(cue, read, begin, first, known):
                continue
            noes = sum(_is_no(word) for word, _, _ in read.words[begin:first])
            if noes > 1 or (noes and not cue.turns):
                continue
            # "I do not think that we need it": what is denied is more than the cue.
            is_denied = any(_is_no(word) for word, _, _ in read.words[:begin])
            is_near = cue.taken_by == "subject" or _is_before(read, found, known, language)
            shown = read.text[read.words[begin][1] : found.end()]
            yield (_TURNED[cue.side] if noes else cue.side), shown, is_near and not is_denied


def _is_no(word: str) -> bool:
    return word in _NEGATIVES or word.endswith("n't")


def _begin(read: _Read, first: int, known: Language) -> int:
    """The word that begins what belongs to a cue: small words, adverbs, and the speaker."""
    at = first
    while at and _is_joined(read, at) and read.words[at - 1][2] != read.holder:
        word = read.words[at - 1][0]
        is_small = word in known.between or word.endswith(("ly", "mente"))
        if not is_small and not _is_speaker(word, known):
            break
        at -= 1
    return at


def _is_joined(read: _Read, at: int) -> bool:
    """Whether nothing but blanks or a genitive's sign stands before a word, after another."""
    return not read.plain[read.words[at - 1][2] : read.words[at][1]].strip(" \n'")


def _is_speaker(word: str, known: Language) -> bool:
    return word.split("'")[0] in known.speakers


def _is_taken(cue: Cue, read: _Read, begin: int, first: int, known: Language) -> bool:
    """Whether who has to stand before a cue does."""
    if cue.taken_by == "anyone":
        return True
    if cue.taken_by == "start":
        return begin == 0 or not _is_joined(read, begin)
    before = read.words[begin - 1] if begin and _is_joined(read, begin) else None
    if cue.taken_by == "it":
        return begin < first and (before is None or before[0] in ("it", "que"))
    if cue.taken_by == "speaker":
        by_holder = before is not None and before[2] == read.holder
        return by_holder or any(_is_speaker(w, known) for w, _, _ in read.words[begin:first])
    runs = [run for run in read.subject if before is not None and run[1] == begin - 1]
    return begin < first and any(_is_head(read, run[0], known) for run in runs)


def _is_head(read: _Read, first: int, known: Language) -> bool:
    """Whether the subject is what is spoken of, and not a part of it: "the lack of X is ..."."""
    at = first
    while at and _is_joined(read, at):
        at -= 1
        if read.words[at][0] in known.bars:
            return False
    return True


def _is_before(read: _Read, cue: re.Match[str], known: Language, language: str) -> bool:
    """Whether the subject is what a cue that stands before it is about."""
    end = cue.end()
    gone = _GONE if cue.group().startswith(("want", "need", "ask", "call")) else frozenset()
    for first, last in read.subject:
        between = read.plain[end : read.words[first][1]]
        if end > read.words[first][1] or re.search(r"[^\w\s'-]", between):
            continue
        rest = known.making.sub("", between.lstrip()).split()
        if len(rest) <= FARTHEST and not any(
            word in known.bars or word.endswith("ing") for word in rest
        ):
            return _is_whole(read, last, stop_words(language) - gone)
    return False


def _is_whole(read: _Read, last: int, small: Collection[str]) -> bool:
    """Whether a small word, a sign or nothing follows the subject, so that it is not the first part
    of another name: "data" in "data clerks".
    """
    at_end = last + 1 == len(read.words) or not _is_joined(read, last + 1)
    return at_end or read.words[last + 1][0] in small
