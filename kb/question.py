"""What a question asks for: its words, the names and years it rests on, and the kind of thing that
would answer it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kb.text import fold, sentences, stop_words, tokens

MOST_COUNTED = 4  # words that say what is counted
_NUMBER = re.compile(
    r"^\W*(?:how (?:many|much|old|far|large|big|high)|cuánt[oa]s?|cuant[oa]s?)\b|\b(?:how "
    r"many|how much|cuántos|cuántas|number of|número de)\b",
    re.IGNORECASE,
)
# A figure by its name: "what was the reduction in water use".
_FIGURE = re.compile(
    r"^\W*(?:and )?what (?:is|was|were|are) (?:the|its|their) (?:\w+ )?(?:number|total|size|amount"
    r"|score|length|height|weight|capacity|average|reduction|increase|population|turnover|maximum"
    r"|minimum)\b(?!.*\b(?:to|on|by|for|from)\W*$)|^\W*what (?:\w+ )?score\b"
    r"|^\W*(?:y )?cu[aá]l (?:es|era|fue) (?:el|la|su) (?:n[uú]mero|total|tama[nñ]o|cantidad"
    r"|puntuaci[oó]n|longitud|altura|peso|capacidad|promedio|media|reducci[oó]n|aumento|poblaci[oó]n"
    r"|facturaci[oó]n|m[aá]ximo|m[ií]nimo)\b|^\W*(?:y )?de cu[aá]nto (?:es|era|fue)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\W*(?:and |y )?(?:in|at|from|to|en|de|a|desde) (?:which|what|qu[eé]) (?:city|town|country"
    r"|village|district|region|province|state|ciudad|pueblo|pa[ií]s|regi[oó]n|provincia|municipio"
    r"|estado|comarca)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?:how long|how many (?:minutes|hours|days|weeks|months|years|decades)|cu[aá]nto tiempo"
    r"|cu[aá]nto (?:dura|dur[oó]|tarda|tard[oó]|llev[oa])"
    r"|cu[aá]nt[oa]s (?:minutos|horas|d[ií]as|semanas|meses|años|d[eé]cadas))\b",
    re.IGNORECASE,
)
# What is counted: "how many civil servants work" -> the words after, up to a small one.
_COUNTED = re.compile(
    r"\b(?:how many|number of|cu[aá]nt[oa]s|n[uú]mero de)\s+(?P<of>[^?,;:]+)", re.IGNORECASE
)
_PERCENT = re.compile(
    r"\b(?:percent(?:age)?|per cent|what (?:share|proportion|fraction|portion)|rate|porcentaje"
    r"|proporción|tasa|por ciento)\b|%"
    r"|\b(?:what part|qu[eé] parte) (?:of|del?) .*\b(?:are|is|were|was|es|son|eran?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"^(?!\W*(?:how (?:do|does|did|can|should)|wh(?:o|om|ose|ich|ere|y|en))\b)"
    r"(?!.*\b(?:recommend(?!ation \d)\w*|recomiend\w*|sa(?:id|ys?)|thinks?|dijo|dice|opina"
    r"|piensa)\b).*\b(?:rent|paid|pays?|spends?|spent"
    r"|wages?|earns?|fees?|prices?|(?<!in )charged?|sueldo"
    r"|salarios?|alquiler|cobra|cu[aá]nto ganan?|precio|pesos?|dollars?|euros?|pounds?|dólares"
    r"|salary|salaries|budget|spending|costs?|cost(?:ó|ará|aría|aron|arán|ado)|cuesta|presupuesto|gasto|invested"
    r"|invertid[oa]|investment|fines?|multas?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:what year|which year|en qué año|qué año|de qué año)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\bcu[aá]ndo\b|\b(?:what|which) (?:date|day|month|time of|season)\b"
    r"|\bqu[eé] (?:fecha|d[ií]a|mes)\b"
    r"|(?:^|[,;:] )\W*(?:(?:and|since|until|by) )?when"
    r" (?:is|are|was|were|did|does|do|will|has|have|had|can|could|should|would|must)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\b(?:(?:tele)?phone numbers?|e-?mail address(?:es)?|home address(?:es)?"
    r"|n[uú]meros? de tel[eé]fono|tel[eé]fonos?(?= (?:y|o|particular\w*|personal\w*|de l))"
    r"|domicilios?|correos? electr[oó]nicos?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^\W*(?:(?:and|y) )?(?:(?:to|by|from|for|with|a|de|por|para|con) )?"
    r"(?:who|whose|whom|qui[eé]n(?:es)?)\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(  # who paid: no sum is asked for
    r"^\W*(?:who|qui[eé]n(?:es)?)\s+(?!\w+ (?:most|least|more|less|m[aá]s|menos)\b)"
    r"(?:\w+ (?:and|y) )?(?:paid|pays?|funded|funds?|financed|invested|earned|pag\w+|financi\w+"
    r"|invirti\w+)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"^\W*(?:who|whose|which \w+|quién|quien|quiénes|quienes|qué \w+|que \w+)\b.{0,40}?"
    r"\b(?:sa(?:id|ys?)"
    r"|claim\w*|insist\w*|warn\w*|argue\w*|believe\w*|think|thinks|thought|remark\w*|state[sd]"
    r"|observe[sd]|compare[sd]?|call(?:s|ed)|dijo|dice|advirtió|advirtio|afirm\w+|sostien\w+|opin\w+"
    r"|cree|insist\w+|señal\w+|asegur\w+|compar\w+|llam\w+)\b|\bwhose (?:words|view|opinion|talk)",
    re.IGNORECASE,
)
# Who is on which side of something.
_SIDED = re.compile(
    r"^\W*(?:and |y )?(?:who|which \w+|does any\w*|is any\w*|quién(?:es)?|quien(?:es)?|alguien)\b"
    r".{0,30}?\b(?:"
    r"(?P<against>against|oppos\w+|objects?(?:ed)? to|reject\w*|disagree\w*|en contra|se opon\w+"
    r"|se opus\w+|rechaz\w+)"
    r"|(?P<for>in favou?r|supports?|supported|backs|backed|endors\w+|a favor|apoya\w*"
    r"|respald\w+))\b",
    re.IGNORECASE,
)
# What a question is about, if it says so: "what does it say about X", "what is X".
_ABOUT = re.compile(
    r"\b(?:sa(?:y|ys|id)|mention\w*|recommend\w*|propose\w*|suggest\w*|dice[n]?|dijo|menciona\w*"
    r"|opina\w*|recomienda\w*|propone\w*|sugiere\w*)\b[^?]{0,30}?"
    r"\b(?:about|on|of|sobre|acerca de|de)\s+(?P<a>[^?]+?)"
    r"(?=\s(?:that|which|who|in|for|to|by|from|que|en|para|por)\s|[?.!]|$)"
    r"|^\W*(?:what (?:is|are)|qu[eé] (?:es|son)) (?:the |an? |el |la |los |las )?"
    r"(?P<b>[\w-]+(?: [\w-]+)?)\W*$",
    re.IGNORECASE,
)
# Parts that documents have, as a question names them -> their headings, folded.
_PARTS = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), headings)
    for asked, headings in (
        (r"(?:closing|final|concluding|last) (?:chapters?|sections?|remarks)|(?:the|its|las?)"
         r" conclusi[oó]n(?:s|es)?|cap[ií]tulo final|[uú]ltimo cap[ií]tulo",
         r"\bconclu|\bclosing|\bfinal (?:remarks|words)|palabras finales"),
        (r"(?:opening|first|introductory) (?:chapter|section)|(?:the|its|la) introducci?[oó]n"
         r"|primer cap[ií]tulo", r"\bintroduc|\bforeword|\bpreface|\bprologo"),
        (r"executive summary|resumen ejecutivo|(?:the|its|el|su) (?:summary|resumen)",
         r"\bsummary|\bresumen|\bsumario"),
    )
)  # fmt: skip
_DEFINITION = re.compile(
    r"^\W*(?:what (?:exactly )?(?:is|are|does .+ (?:mean|stand for))|define|who are"
    r"|qu[eé] (?:es|son|significa)|qui[eé]nes son)\b|\bmeant by\b|\b(?:count|qualify|regarded) as\b"
    r"|\bse considera[n]?\b|\ba qui[eé]nes considera\b|\bdefin(?:e|ition|ición)\b"
    r"|\bse entiende por\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\b(?:defin\w+|meaning of|meant by|significado de|se entiende por)\b", re.I)
_ADVICE = re.compile(r"\b(?:recommend(?:s|ed)?|recomienda[n]?|recomend[oó]|aconseja[n]?)\b", re.I)
_PLANNED = re.compile(r"\b(?:should|ought to|deber[ií]a[n]?|conviene)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:when|(?:what|which) year) (?:was|were|did)\b"
    r"|\b(?:cu[aá]ndo|a[nñ]o) (?:se )?\w+(?:ó|aron|ieron)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:advis\w+|recommend\w*|warn\w*|argu\w+|propos\w+) (?:against|not to)\b"
    r"|\b(?:desaconsej\w+|recomiend\w+ no|propon\w+ (?:no|desaparecer|eliminar|abolir))\b"
    r"|\b(?:recommend\w*|propos\w+|recomiend\w+|propon\w+)\b(?: \w+){0,3}? (?:ban|fine|abolish"
    r"|scrap|abandon|close|(?:bann|fin|abolish|scrapp|abandon|clos)ing|cerrar|prohibir|multar|suprimir)\b",
    re.IGNORECASE,
)
# What counted things are like, not what they are.
_KINDS_OF = frozenset(
    "public private civil new old young national local total different main big small early first "
    "possible active written publicos publicas nuevos nuevas nacionales locales privados privadas "
    "primeros primeras".split()
)
_REPORTS = frozenset("report paper document text informe documento texto estudio study".split())
_DONE = re.compile(
    r"^(?!.*\b(?:would|should|could|might|must)\b).*"
    r"\b(?:has|have) (?:already )?(?:been )?\w+(?:ed|en)\b|\bha[n]? (?:sido )?\w+(?:ad|id)[oa]s?\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:took part|take part|part in|participa\w+|contribut(?:ed|ors?)|consulted"
    r"|consultad\w+|attend\w*|asist\w+|represent\w*|interviewed|entrevistad\w+|came|job|position|post|role|cargo|puesto"
    r"|works? (?:at|for)|worked (?:at|for)|trabaja|dirige|heads?|headed|leads?|led"
    r"|chairs?|chaired|presid(?:es?|ed|i[oó])"
    r"|runs?|ran|sen[dt]|person|people|persona\w*|list[ao]?"
    r"|name the|who (?:is|are|was|were)|quién es|quiénes|quienes)\b",
    re.IGNORECASE,
)
_NAME = r"[A-ZÀ-Þ][\w’'-]*\w(?: (?:(?:de|del|la|los|of) )?[A-ZÀ-Þ][\w’'-]*\w)*"
# The word that begins a question is no part of a name.
_PAIRS = tuple(
    re.compile(
        r"(?!(?:Compar\w+|Do|Does|Did|Is|Are|Was|Were|Has|Have|Between|Entre|Who|Which|Why)\b)"
        rf"({_NAME})(?:{joined})(?: (?:in|en|the|el|la|of|de|that|del))* ({_NAME})"
    )
    for joined in (" and| or| y| o| e| u| vs\\.?| versus| against| than| que| con| with", ",")
)
_LIST = re.compile(
    r"^\W*(?:list|name (?:the|all|three|four|five)|enumerate|what are the"
    r"|which (?:\w+ ){0,3}?\w+s\b"
    r"|what (?:\w+ ){0,2}?\w+s\b(?! (?:the|a)\b)|cuáles son|enumer|menciona|qué \w+s\b)",
    re.IGNORECASE,
)
# Questions for one of a kind that has a name of its own.
_NAMED_KIND = re.compile(
    r"^\W*(?:which(?: \w+)?|what|qué(?: \w+)?|que|cuál(?:es)?)"
    r"(?: (?:other|two|three|four|five|big))? (?:compan(?:y|ies)|firms?|startups?|banks?"
    r"|universit(?:y|ies)(?! \w+ers\b)|organi[sz]ations?|institut(?:ions?|es?)|ministr(?:y|ies)"
    r"|agenc(?:y|ies)|person|people|experts?|empresas?|universidad(?:es)?|organizaci(?:ón|ones)|instituci(?:ón|ones)|ministerios?|dependencias?"
    r"|bancos?|personas?|expert[oa]s?)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\b(?:[A-ZÀ-Þ][\w’'&.-]*[\w]|[A-ZÀ-Þ]{2,})\b")
_YEARS = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# Orders to the machine, not questions on the documents.
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|olvid[ae]\w*|ignor[ae]\w*|omit[ae])\b.{0,30}"
    r"\b(?:instruct\w+"
    r"|instruccion\w*|rules?|reglas?|documents?|report|paper|text|informe|documentos?|everything|todo"
    r"|previous|anterior\w*|above)\b|\b(?:from now on|you are (?:now )?an?|act as|pretend|roleplay"
    r"|system (?:override|prompt)|a partir de ahora|actúa como|eres un|haz de cuenta)\b"
    r"|\b(?:write|compose|escribe|redacta|tell|cuenta)\b.{0,20}\b(?:poem|song|joke|story|essay"
    r"|e-?mail|letter|script|poema|canción|chiste|cuento|correo|carta)\b"
    r"|\b(?:haz como si|finge|simula que|imagina que eres)\b|\b(?:password|contraseña|api key)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?\W*$|^\W*(?:who|whom|whose|what|which|when|where|why|how|does|do|did|is|are|was|were|has|have"
    r"|can|should|list|name|tell|compare|quién|quiénes|quien|quienes|qué|cuál|cuáles|cual|cuales"
    r"|cuándo|dónde|por qué|cómo|cuánt[oa]s?|cuant[oa]s?|dime|enumera|menciona|compara)\s+\S",
    re.IGNORECASE,
)
LABELS = {
    "recommendation": "recommendation", "recomendacion": "recommendation",
    "proposal": "recommendation", "propuesta": "recommendation", "measure": "recommendation",
    "medida": "recommendation",
    "table": "table", "tabla": "table", "cuadro": "table", "figure": "figure", "figura": "figure",
    "grafico": "figure",
    "appendix": "annex", "annex": "annex", "anexo": "annex", "apendice": "annex",
}  # fmt: skip
_LABEL = re.compile(
    r"\b(recommendation|recomendaci[oó]n|proposal|propuesta|measure|medida|tabla|table|cuadro|figure"
    r"|figura|gráfico|grafico|appendix|annex|anexo|apéndice|apendice)\s+(\d{1,2}|[A-H])\b",
    re.IGNORECASE,
)
# Capitalised words that name no thing of the documents' own.
_NO_NAMES = frozenset(
    "i the document report table figure appendix annex tabla figura anexo informe documento "
    "english spanish pc pcs tv sms new old north south east west central great nuevo nueva san "
    "santa gran".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. wants: number, duration, percent, money, year, time, place,
    contact, who or text (kb/answer/wanted.py).

    meant is the text with misspelt words mended; labels are things it names by number ("table 4").
    """

    text: str
    meant: str
    language: str
    words: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]
    wants: str
    asks_speaker: bool = False  # whose words something is
    asks_definition: bool = False
    asks_list: bool = False
    asks_advice: bool = False  # what or why something is recommended
    asks_people: bool = False  # who took part, in what post
    asks_planned: bool = False  # what is to be, not what is
    asks_against: bool = False  # what is advised against
    asks_past: bool = False  # when something was
    asks_done: bool = False  # what has happened, not what is proposed
    side: str = ""  # "for" or "against": who is on that side of something
    counted: tuple[str, ...] = ()  # what it asks the number of: ("civil", "servants", "work")
    of_itself: bool = False  # of the making of the document
    part: str = ""  # of a document, that it names: a pattern of folded headings
    about: str = ""  # what it is about, as it says: "blockchain"
    defines: str = ""  # the word whose meaning is asked for
    compared: tuple[str, ...] = ()  # names set side by side: "Puebla and Jalisco"


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the languages of the documents. readings: language -> the question in it; the
    asker's own is among them. said: quotations of the answer before, where it points back to it;
    goes_on: whether it leaves unsaid what the turns before have said; proven: ids of the passages
    whose records answer it; named: of those that are a part of what it names by its number.
    """

    text: str
    language: str  # the asker's
    readings: Mapping[str, Question]
    said: tuple[str, ...] = ()
    goes_on: bool = False
    proven: tuple[int, ...] = ()
    named: tuple[int, ...] = ()

    @property
    def own(self) -> Question:
        return self.readings[self.language]

    @property
    def texts(self) -> tuple[str, ...]:
        """The question as it was asked, and in each language."""
        return (self.text, *(reading.text for reading in self.readings.values()))

    def reading(self, language: str) -> Question:
        """The question in a language; as it was asked if it was not put into that one."""
        return self.readings.get(language, self.own)


def read_question(
    text: str, words: Sequence[str], language: str, meant: str | None = None
) -> Question:
    """Take a question apart.

    :param words: what it is about, as the searcher reads it, mended words among them.
    :param meant: the text in the words of the documents, where they are others.

    Example: "How many boats has Vessmark?" -> names Vessmark; wants number.
    """
    meant = meant or text
    known = set(tokens(meant))
    meant = " ".join([meant, *(word for word in words if word not in known)])
    years = tuple(_YEARS.findall(text))
    return Question(
        text,
        meant,
        language,
        tuple(words),
        _names(text),
        years,
        read_labels(text),
        _wants(text),
        asks_speaker=bool(_SPEAKER.search(text)),
        asks_definition=bool(_DEFINITION.search(text)),
        asks_list=bool(_LIST.search(text)),
        asks_advice=bool(_ADVICE.search(text)),
        asks_people=bool(_PEOPLE.search(text)),
        asks_planned=bool(_PLANNED.search(text)),
        asks_against=bool(_AGAINST.search(text)),
        asks_past=bool(_PAST.search(text)),
        asks_done=bool(_DONE.search(text)),
        side=_side(text),
        counted=_counted(text, language),
        part=part_named(text)[0],
        about=_about(text),
        defines=_defined(text, words),
        compared=_compared(text),
    )


def _side(text: str) -> str:
    found = _SIDED.search(text)
    return (found.lastgroup or "") if found else ""


def _counted(text: str, language: str) -> tuple[str, ...]:
    found = _COUNTED.search(text)
    after = tokens(found["of"]) if found else []
    said = list(takewhile(lambda word: word not in stop_words(language), after))[:MOST_COUNTED]
    return tuple(word for word in said if word not in _KINDS_OF) or tuple(said)


def part_named(text: str) -> tuple[str, str]:
    """(pattern of the headings of the part of a document that a question names, the question
    without its words for that part); "" if it names none.
    """
    found = [(headings, match) for asked, headings in _PARTS if (match := asked.search(text))]
    if not found:
        return "", text
    headings, match = found[0]
    return headings, text[: match.start()] + text[match.end() :]


def _about(text: str) -> str:
    found = _ABOUT.search(text)
    return (found["a"] or found["b"]).strip() if found else ""


def _defined(text: str, words: Sequence[str]) -> str:
    found = _DEFINES.search(text)
    after = tokens(text[found.end() :]) if found else []
    return next((word for word in after if word in words and word not in _REPORTS), "")


def pair_of(text: str) -> re.Match[str] | None:
    """Where a text sets two names side by side: groups 1 and 2 of "Compare Puebla and Jalisco"."""
    return next((found for pair in _PAIRS if (found := pair.search(text))), None)


def _compared(text: str) -> tuple[str, ...]:
    found = pair_of(text)
    return (found[1], found[2]) if found else ()


def is_order(text: str) -> bool:
    """Whether a text orders the machine about and no sentence of it asks for anything else."""
    parts = [text[a:b] for a, b in sentences(text)]
    orders = [bool(_ORDERS.search(part)) for part in parts]
    others = [part for part, order in zip(parts, orders, strict=True) if not order]
    return any(orders) and not any(is_question(part) for part in others)


def is_question(text: str) -> bool:
    """Whether a text asks for an answer, not just for passages that hold its words.

    Example: "who runs the port" -> True; "open data" -> False.
    """
    return bool(_ASKS.search(text.strip()))


def runs_of_names(text: str) -> tuple[str, ...]:
    """Words with capitals that stand together: "¿Qué es Red Compartida?" -> ("Red Compartida",)."""
    return tuple(run.strip() for run in re.findall(_NAME, text))


def read_labels(text: str) -> tuple[tuple[str, str], ...]:
    """Numbered things that a text names: "Tabla 4" -> ("table", "4")."""
    return tuple((LABELS[fold(kind)], number) for kind, number in _LABEL.findall(text))


def labels_said(text: str) -> tuple[str, ...]:
    """Numbered things as a text calls them, folded: "la Propuesta 4" -> ("propuesta 4",)."""
    return tuple(fold(found.group()) for found in _LABEL.finditer(text))


def _wants(text: str) -> str:
    for kind, pattern in (
        ("who", _BY_WHOM),
        ("contact", _CONTACT),
        ("percent", _PERCENT),
        ("money", _MONEY),
        ("duration", _DURATION),
        ("number", _NUMBER),
        ("number", _FIGURE),
        ("place", _PLACE),
        ("year", _YEAR),
        ("time", _TIME),
        ("who", _WHO),
        ("who", _NAMED_KIND),
    ):
        if pattern.search(text):
            return kind
    return "text"


def _names(text: str) -> tuple[str, ...]:
    """Capitalised words that do not begin a sentence."""
    found = []
    for match in _CAPITAL.finditer(text):
        before = text[: match.start()].rstrip(" “\"'‘«(¿¡")
        begins = not before or before[-1] in ".?!:" or text[: match.start()].endswith(("¿", "¡"))
        word = match.group().removesuffix("’s").removesuffix("'s")
        if not (begins and not word.isupper()) and fold(word) not in _NO_NAMES:
            found.append(word)
    return tuple(dict.fromkeys(found))
