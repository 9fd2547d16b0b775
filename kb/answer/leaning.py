"""The words of two languages by which a question leans on an earlier turn, as patterns for
follow.py; none knows what the documents are about.
"""

from __future__ import annotations

import re

from kb.text import stop_words

WH = (
    r"(?:(?:in|on|at|by|to|from|for|since|en|de|a|para|por|con|desde|hasta)\s+)?"
    r"(?:what|which|whom?|whose|how (?:many|much|long|often|far)|how|when|where|why"
    r"|qu[eé]|cu[aá]l(?:es)?|qui[eé]n(?:es)?|cu[aá]nt[oa]s?|c[oó]mo|cu[aá]ndo|d[oó]nde)\b"
)
VERB = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|must|es|son|fue)"
)
MANY = rf"(?!{VERB}\b)(?:\w+s|people|women|men|children)\b"
# How a question begins, and which beginnings and shapes leave its subject to the turn before.
OPENING = re.compile(rf"(?i)^\W*({WH})\s*")
BARE = re.compile(rf"(?i)^\W*({WH})(?: (?:is|was|es) (?:that|this|so|eso|as[ií])| so)?\W*$")
LEAD = re.compile(
    r"(?i)^\W*(?:(?:(?:and|y) )?(?:(?:what|how) about|qu[eé] hay de)\s|y qu[eé] (?:tal|pasa con)\s"
    r"|(?:and|but|y|e|pero)\b)[\s,]*"
)
ASKS = re.compile(rf"(?i)\b(?:{WH}|{VERB}|tell|list|show|give|explain|compare|dime|hay|tiene)\b")
HEADLESS = re.compile(rf"(?i)^\W*(how many|which|cu[aá]nt[oa]s)\s+(?={VERB}\b|se\b)")
NO_SUBJECT = re.compile(rf"(?i)^\W*{WH}(?: \w+ (?:tienen?|hacen?)| (?:(?:se|lo) )?\w+)\W*$")
SUBJECT = re.compile(
    r"(?i)\b(?:do|did|does|dijo|dice|opina) ((?:the|el|la|los|las) .+?)"
    r"(?= (?:say|think|sobre|acerca)\b|\W*$)"
)
COUNTED = re.compile(
    rf"(?i)\b(?:(?:how many|cu[aá]nt[oa]s) (?!{VERB}\b)(?:\w+ )??|(?:which|what"
    r"|(?:do|does|did|of|de|are|son|qu[eé] \w+)(?: the| los| las)?) )"
    rf"((?:(?:(?<=do the )|(?<=did the ))\w+ )??{MANY})"  # "do the water wardens"
)
# A pronoun after one of these stands for something in its own sentence.
BINDS = re.compile(
    rf"(?i)\b(?:do|does|did|has|have|can|will) (?:(?:the|an?|most|all)\s+\w+|{MANY})\b(?! of)"
    rf"|\b(?:which|what|how(?: many)?|why|where|when|that) {MANY}(?! (?:do|did|have|can|will)\b)"
    r"|(?<!son )(?<!es )\b(?:el|la|los|las) \w+ (?!de\b)"
)
WHICH = re.compile(r"(?i)^\W*(?:which|what|qu[eé])(?: of the)? (?!place|lugar)(\w+(?: \w+)?)")
CLAUSE = re.compile(r"(?i),|\b(?:that|when|if|because|and|as|que|cuando|si|porque|y)\b")
ABOUT = re.compile(r"(?i)\b(about|on|for|by|with|from|against|sobre|para|por|con|contra)\s+")
PREPOSED = re.compile(rf"(?i)(?:in|at|en|before|after)\b|{ABOUT.pattern[4:]}")
IN = re.compile(r"(?i)\b(?:in|at|en|before|after)\s+(?:the\s+|el\s+|la\s+)?$")
# A part of what is counted ("in farming") and where an earlier question has another: "jobs in
# mining", "empleos del campo", "mining jobs".
WITHIN = re.compile(r"(?i)(in|en) (?:(?:the|el|la|los|las) )?([a-zà-ÿ]+)")
OF_PART = re.compile(
    rf"(?i:\b(?:how many|cu[aá]nt[oa]s)) (?:{MANY} ((?:in|of) (?:the )?[a-z]+)"
    rf"|\w+[oa]s ((?:en|del?) (?:(?:el|la|los|las) )?[a-zà-ÿ]+)|([a-z]+) {MANY})"
)
LAST_PART = re.compile(r"\b(?:in|en) (?:(?:the|el|la|los|las) )?[a-zà-ÿ]+(?: [a-zà-ÿ]+)?(?=\W*$)")
# A property of what was spoken of: "And the deadline?".
OF_IT = re.compile(
    r"(?i)(?:the|el|la|los|las) (?!(?:years?|months?|ones?|others?|same|first|second|last|next"
    r"|latter|año|mes|mism|otr|primer|segund|últim|siguiente)[a-z]*\b)[a-zà-ÿ]+(?: [a-zà-ÿ]+)?"
)
SMALL = re.compile(r"(?i)^(?:(?:in|at|en|of|de|the|el|la|los|las)\s+)+")
SAYS = re.compile(r"(?i)\b(?:say|said|says|thinks?|dijo|dice|opina|piensa|according to|seg[uú]n)\b")
SOURCE = re.compile(
    r"(?i)^\W*(?:(?:who|qui[eé]n(?:es)?)\s+(?:lo\s+)?(?:said|says|wrote|argued|claimed|noted|dijo|dice"
    r"|escribi[oó]|se[nñ]al[oó]|afirm[oó]|sostiene|(?:has |ha )(?:said|dicho|se[nñ]alado|afirmado))"
    r"|(?:on |en )?(?:what|which|qu[eé]) (?:page|p[aá]gina)\b(?: (?:is|was|est[aá]))?"
    r"|(?:where|d[oó]nde) (?:does (?:it|the \w+)|se|lo|is it|el \w+)? ?(?:sa(?:y|id)|written"
    r"|dice|dijo))(\s+(?:that|this|it|so|eso|esto))?\W*$"
)
NUMBERED = re.compile(
    r"(?i)(?:table|figure|appendix|annex|chapter|recommendation|tabla|cuadro|figura|gr[aá]fic[ao]"
    r"|anexo|ap[eé]ndice|cap[ií]tulo|recomendaci[oó]n) (?:\d{1,2}|[A-H])"
)
# Parts of an answer's text, and what looks like a name.
QUOTE = re.compile(r"[“«]([^”»]+)[”»]")
# The rows of a table in an answer: "Table 2, Mining: jobs 300; Farming: jobs 200 [1]".
ROWS = re.compile(rf"(?:^|\] )(?i:{NUMBERED.pattern.removeprefix('(?i)')}), (.+?) \[\d+\]")
WHO = re.compile(r"(?i)^\W*(?:who|qui[eé]n(?:es)?)\b")
PAGE = re.compile(r"(?:^|, )p\. ")  # what says where, not who
HOLDER = re.compile(r"(?:^|\]\s+|\n)([^\]\n“«]{3,300}?):\s*[“«]")
BOTH = re.compile(
    r"(?i)^(?:the |los |las )?([^,.;:]{3,40}?) (?:and|y) ([^,.;:]{3,40}?)"
    r" (?:are|were|have|had|will|can|son|fueron|tienen|ser[aá]n)\b"
)
WORD = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*")
PERSONAL = re.compile(r"[A-ZÀ-Þ]\w+(?:[ -][A-ZÀ-Þ][\w.]*){1,3}")
CAPITALS = re.compile(r"[A-ZÀ-Þ][\w.&-]*(?: (?:(?:of|de|del|la|the) )*[A-ZÀ-Þ][\w.&-]*)*")
STOP = stop_words("en") | stop_words("es")
NOUNS = {
    "person": "person man woman speaker expert author persona hombre mujer experto autor",
    "place": "state region city town place province estado ciudad lugar provincia",
    "thing": "organisation organization company agency ministry university programme program index "
    "project tool case initiative table system school organizacion empresa agencia ministerio "
    "universidad programa proyecto herramienta caso iniciativa tabla indice sistema escuela",
    "matter": "figure number share percentage amount cifra dato numero porcentaje monto",
    "many": "group people sector grupo gente",
    "": "report document country year informe documento pais ano",  # this report: no earlier turn's
}
KIND = {noun: kind for kind, nouns in NOUNS.items() for noun in nouns.split()}
# The kind of thing meant, how it takes its place, and the words that lean on an earlier turn.
LEANING = r"""
first  name  \bthe (?:former|first one)\b|\b(?:el primero|la primera)(?=\W*$)
second name  \bthe (?:latter|second one)\b|\b(?:el segundo|la segunda)(?=\W*$)
noun   name  \b(?:that|this|those|these|es[ae]|es[oa]s|es?t[ae]s?|aquella?|dich[ao]s?) (\w+)\b
person owner \b(?:his|her)\b(?=\s\w)
thing  owner \bits\b(?=\s\w)
many   owner \btheir\b(?=\s\w)
thing  owner \bsus? \w+
person name  \b(?:s?he|him|her|ella|él)\b(?!['’]s? )
thing  name  \bit\b(?! (?:true|possible|clear|important|easy|that)\b| (?:take|mean)s? .*\bto\b)
many   they  \b(?:they|ell[oa]s)\b
many   end   \b(?:them|cada un[oa](?! de)|(?:each|both)(?=\W*$))\b
many   end   \b(?:those|these)\b(?! (?:who|that|with|in|of)\b)
matter end   \b(?:of|about|by|with|on|for|is|was) (?:that|this)(?=\W*$)
matter end   \b(?:eso|esto)\b(?! (?:que|de)\b)
matter end   \b(?:does|did|will|would|can) (?:that|this)(?= \w+(?: (?:with|to|in|for|on)\b|\W*$))
place  in    (?<!is )(?<!are )(?<!was )\bthere(?=\W*$)
place  en    \b(?:ah[ií]|all[ií]|all[aá])\b
matter end   \b(?:explain|summari[sz]e) (?:that|this)\b|\b\w{2,}[aei]rlos?\b
thing  end   \b(?:tell me more|more details|an example|m[aá]s detalles|un ejemplo)(?=\W*$)
thing  end   \blo\b(?= (?!que|m[aá]s|menos|mejor|peor|mismo|cual)\w+\W*$)
"""
THAT_PLACE = re.compile(
    r"(?i)(?<!is )(?<!are )(?<!was )(?P<there>\bthere)(?=\W*$)"
    r"|\b(?:that|this|the same) (?:state|region|province|territory|country)\b(?!['’]s)"
    r"|\b(?:ese|este|dicho|esa|esta|dicha) (?:estado|regi[oó]n|provincia|entidad)\b"
)
POINTING = re.compile(
    r"(?i)\b(?:that|this|it|its|they|them|their|those|these|he|she|him|her|his|there|so|such"
    r"|eso|esto|ello|ell[oa]s|sus?|lo|ah[ií]|all[ií]|es[ae]|es[oa]s|est[ae]|est[oa]s|dich[oa]s?)\b"
)
PRONOUNS = [
    (kind, form, re.compile(pattern, re.I))
    for kind, form, pattern in (line.split(None, 2) for line in LEANING.strip().splitlines())
]
