"""The kinds of thing that questions ask for -> how they show in a text."""

from __future__ import annotations

import re

from kb.text import MONTHS

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen half "
    "uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta "
    "noventa cien ciento mil millones docena"
)
_MORE = "diecis[eé]is veinti\\w+ \\w+cient[oa]s quinient[oa]s sete\\w+ient[oa]s nove\\w+ient[oa]s"
_NUMERALS = "|".join([*_ONES.split(), *_MORE.split()])
_UNITS = (
    "years? months? fortnights? weeks? days? nights? hours? minutes? seconds? decades? quarters? "
    "terms? semesters? centur(?:y|ies) "
    "años? mes(?:es)? quincenas? semanas? d[ií]as? noches? horas? minutos? segundos? décadas? "
    "trimestres? semestres? siglos? km metres? kilomet(?:re|er)s? miles? metros?"
)
_CURRENCIES = (
    "pesos? dollars? euros? pounds? crowns? coronas? kron(?:e|er|or|a) francs? francos? yen "
    "rupees? rupias? reais rands? liras? dinars? dirhams? shillings? chelines? r(?:o?u)bles? "
    "rublos? yuan won zlot(?:y|ys) forints? pesetas? soles quetzales lempiras? colones "
    "guaran[ií]e?s cents? "
    "c[eé]ntimos? centavos? penn(?:y|ies) pence guilders? d[oó]lares usd eur gbp mxn"
)
_COINS, _SIGNS = "|".join(_CURRENCIES.split()), "[$€£¥₹₽₺₩₪₦₱¢]"
CURRENCY = re.compile(rf"{_SIGNS}|\b(?:{_COINS})\b", re.IGNORECASE)
# A number beside such a word is a sum of money, whatever the country calls its coin.
_OF_MONEY = (
    r"(?:cost|pric|pa(?:y|id)|fee|budget|fund|spen[dt]|grant|loan|salar|wage|rent|fine[sd]?\b|worth"
    r"|earn|charg|invest|revenue|income|tax|subsid|donat|compensat|deposit|debt|turnover|bonus"
    r"|cuest|coste?|costó|precio|pag[aóou]|cuota|tarifa|presupuest|fondo|gast|subvenci|pr[eé]stamo"
    r"|sueldo|alquiler|multa|gan[aó]|cobr|inver|ingreso|impuesto|donaci|indemniz|dep[oó]sito|deuda"
    r"|importe|prima\b|beca)"
)
_FIGURE = r"(?<![\w.,])\d[\d.,]*(?![\dA-Za-z]|\s?%|\s?per ?cent|\s?por ciento)"
_NUMBER = rf"(?:\d+|{_NUMERALS})"
_TIMES = "|".join(
    "last next this each every same first within after before past following coming during "
    "pasad[oa] próxim[oa] est[ea] cada tras durante".split()
)
_MONTHS = [month for month in MONTHS if month != "may"]  # small, it is a verb
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday lunes martes mi[eé]rcoles jueves "
    "viernes s[aá]bado domingo"
)
_SEASONS = "spring summer autumn winter primavera verano otoño invierno"
_AGENTS = (  # who may do something and has no name
    r"i:minist(?:er|ry)|council\w*|committee|president|director|secretar(?:y|iat)"
    r"|authorit(?:y|ies)|agenc(?:y|ies)|government|governor|mayor|board|office\w*|team|service"
    r"|department|commission\w*|group|union|association|societ(?:y|ies)|cooperative|compan(?:y|ies)"
    r"|firms?|bank\w*|universit(?:y|ies)|institut\w+|spokes\w+|chair\w*|head|staff|people"
    r"|\w{3,}(?:ers|ors|ists|ants|ents|ians|men|women|folk)|parents|families|inspector|auditor"
    r"|engineer|teacher|nurse|doctor|manager|farmer|resident|owner|operator|expert|speaker"
    r"|ministr[oa]|ministerio|ayuntamiento|diputaci[oó]n|consej\w+|comit[eé]|comisi[oó]n|gobierno"
    r"|gobernador[a]?|alcald(?:e|es|esa|[ií]a)|secretar[ií]\w+|autoridad(?:es)?|junta|oficina|equipo"
    r"|servicio|departamento|grupo|sindicato|asociaci[oó]n|cooperativa|empresas?|banco|universidad\w*"
    r"|portavoz|jef[ea]s?|personal|vecin[oa]s|familias|\w{3,}(?:dor|dora|dores|doras|ista|istas|eros"
    r"|eras)"
)

# What a stretch must hold to be the kind of thing that is asked for.
KINDS = {
    # Not the number of an article or an item, nor a year, nor a part of a name (4G).
    "number": re.compile(
        r"(?!^\d{1,2}[.)]\s)(?<![\w.,])(?<!rticle )(?<!able )(?<!igure )(?<!ection )(?<!rtículo )"
        r"(?!(?:1[5-9]|20)\d\d(?![\d.,]*\d))\d[\d.,]*(?![\dA-Za-z])"
        rf"|\b(?:{_NUMERALS})\b",
        re.IGNORECASE,
    ),
    "duration": re.compile(
        # Twice a year is a rate.
        r"(?:\d|\b(?:(?:for|within|after|over|in|than|t[ao]kes?|took|lasts?|lasted|nearly) an?"
        rf"|several|few|medi[oa]|vari[oa]s|un|{_NUMERALS}))"
        rf"(?:-| \w+ | and a half |[ ]y medi[oa] | )?(?:{'|'.join(_UNITS.split())})\b"
        r"|\b(?:since|until|desde|hasta) (?:19|20)\d\d\b|\b(?:for good|permanent\w*|temporary)\b",
        re.IGNORECASE,
    ),
    "percent": re.compile(
        r"(?:\d\s*|\()(?:%|per ?cent|por ciento)|\d+(?:st|nd|rd|th)\b"
        r"|\b(?:half|thirds?|quarters?|fifths?|tenths?|mitad|tercios?|cuartos?|quintos?|d[eé]cim[oa]s?"
        r"|per ?cent|por ciento|ranked|score)\b"
        rf"|\b{_NUMBER} (?:in|(?:out )?of(?: every| each| the)?|de cada|de l[oa]s) {_NUMBER}\b",
        re.IGNORECASE,
    ),
    "money": re.compile(
        rf"{_SIGNS}\s?\d|\d[\d,.]*\s*(?:\w+ ){{0,2}}(?:{_COINS})\b"
        rf"|\b(?:{_NUMERALS}) (?:\w+ ){{0,2}}(?:{_COINS})\b|\bGDP\b|\bPIB\b"
        rf"|{_FIGURE}(?=.{{0,80}}\b{_OF_MONEY})|\b{_OF_MONEY}.{{0,80}}?{_FIGURE}",
        re.IGNORECASE | re.DOTALL,
    ),
    "contact": re.compile(r"\w@\w|\+?\d[\d ()-]{6,}\d"),
    "year": re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    "time": re.compile(
        rf"\b(?:1[5-9]|20)\d\d\b|\b(?:{'|'.join([*_MONTHS, *_WEEKDAYS.split()])})\b|\bMay\b"
        rf"|\b(?:{'|'.join(_SEASONS.split())})\b|\b\d{{1,2}}(?::\d\d| ?[ap]\.?m\b)"
        rf"|\b(?:{_TIMES}|end of|antes de|después de|dentro de|final(?:es)? de)"
        rf"(?: \w+){{0,4}} (?:{'|'.join(_UNITS.split())})\b"
        rf"|\b{_NUMBER} (?:{'|'.join(_UNITS.split())})\b"
        r"|\b(?:when|once|until|after|before|whenever|as soon as|cuando|hasta|tras|despu[eé]s|antes"
        r"|today|tomorrow|yesterday|tonight|already|annually|daily|weekly|monthly|ayer|hoy|mañana)\b",
        re.IGNORECASE,
    ),
    "who": re.compile(
        r"[A-ZÀ-Þ][\w’'-]+\s+(?:(?:de|del|la|van|von|of|the|for)\s+)*[A-ZÀ-Þ][\w’'-]+|\b[A-ZÀ-Þ]{2,}\b"
        rf"|\b(?{_AGENTS})\b",
    ),
    # A name that begins no sentence.
    "place": re.compile(r"(?<=[\w,;:()] )[A-ZÀ-Þ][\w’'-]+"),
    "text": re.compile(r"\w"),
}  # fmt: skip
