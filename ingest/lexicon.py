"""Words that say what a stretch of a report is, in English and Spanish. Words of the craft, never
of one report.
"""

from __future__ import annotations

import re

# A line or heading that ends in one of these goes on.
FUNCTION_WORDS = frozenset(
    "a an the of and or to in for on at by with from as that which our their its his her into "
    "between "
    "un una el la los las de del y o e en para por con que su sus al entre como".split()
)

# But a heading may end in a particle of its verb ("Where the tide comes in").
OPEN_ENDS = FUNCTION_WORDS - {"in", "on", "by"}

CAPTION = re.compile(
    r"(?P<what>table|tabla|cuadro|figure|figura|gráfico|gráfica|chart|map|mapa|box|recuadro)\s+(?P<number>\d{1,3})\s*[.:–—-]\s*\S",
    re.IGNORECASE,
)
TABLE_WORDS = frozenset({"table", "tabla", "cuadro"})
SOURCE = re.compile(r"(?:sources?|fuentes?)\s*:", re.IGNORECASE)
NOTES = re.compile(
    r"(?:end ?notes|notes|footnotes|notas(?: finales| al final| al pie)?|referencias|references)",
    re.IGNORECASE,
)
CHAPTER = re.compile(
    r"(?:chapter|part|capítulo|parte|título)\s+(?:[\dIVXLC]+|[^\W\d_]+)\b[.:]?(?:\s|$)",
    re.IGNORECASE,
)
# Headings of lists of people.
PARTICIPANTS = re.compile(
    r"\b(?:participants?|contributors?|interviewees|interviewed|consulted|took part|attend\w+"
    r"|respondents?|witnesses|acknowledg\w+|list of (?:people|persons|organi[sz]ations)"
    r"|participantes|participaron|entrevistad[oa]s|consultad[oa]s|comparecientes|asistentes|agradecimientos"
    r"|personas y organizaciones)\b",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"(?:table of )?contents|what is in this (?:report|document)|índice(?: general)?|contenidos?"
    r"|tabla de contenidos?|sumario",
    re.IGNORECASE,
)
# What only numbers a part.
LABEL = re.compile(
    r"(?:chapter|part|section|appendix|annex|capítulo|parte|sección|anexo|apéndice)"
    r"\s+(?:\d{1,2}|[IVXLC]+|[A-Z])[.:]?",
    re.IGNORECASE,
)
# What a line says of a thing before a colon ("Responsible: ...", "Plazo: ..."); nobody speaks.
_FIELDS = (
    "responsible responsibility lead owner actor addressee term deadline timeframe timetable due "
    "cost budget aim goal objective purpose result outcome status impact risk scope vision "
    "population capital sector ranking position milestone example case problem solution challenge "
    "lesson responsable organismo destinatario destinataria actores plazo fecha coste costo "
    "presupuesto objetivo meta finalidad resultado estado impacto riesgo alcance visión población "
    "sectores posición posiciones hito ejemplo caso problema solución soluciones reto desafío "
    "lección lecciones who when quién cuándo"
)
FIELD = re.compile(
    rf"(?:key )?(?:{'|'.join(_FIELDS.split())})s?(?: (?:body|bodies|agency|party|clave))?\s*:",
    re.IGNORECASE,
)
# What a recommendation may be called before its number.
ADVICE = "recommendation|recomendación|proposal|propuesta|measure|medida|action|acción"
# Who should act on a recommendation, and by when.
ACTS = (
    r"responsible(?: (?:body|bodies|party))?|responsibility|lead(?: (?:body|agency))?|owners?"
    r"|actors?|addressees?|who|responsables?|organismo(?: responsable)?|actor(?:es)?"
    r"|destinatari[oa]s?|quién"
)
BY = r"term|deadline|time ?frame|timetable|due|when|plazo|fecha|cuándo"
TASK = re.compile(rf"(?:{ACTS}|{BY}):\s", re.IGNORECASE)
RECOMMENDS = re.compile(
    r"\b(?:we|panel|committee|commission|council|board|group)\b[^.]{0,30}\brecommends?\b"
    r"|\brecomendamos\b|\bse recomienda\b|\brecomienda\b",
    re.IGNORECASE,
)
ANNEX = re.compile(r"(?:appendix|annex|anexo|apéndice)\b", re.IGNORECASE)

BULLET = re.compile(r"[•▪◦·●■*–—-]\s+(?=\S)")
LETTERED = re.compile(r"\(?(?P<label>[a-z])[.)]\s+(?=\S)")
NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?=\S)")
ROMAN = re.compile(r"[IVXLC]{1,6}[.)]\s+(?=\S)")
CODED = re.compile(  # "R1 Set up ..."
    r"(?P<code>[A-Z]{1,2})(?P<number>\d{1,2})(?:[.:]\s+(?=\S)|\s+(?=[A-ZÀ-Þ¿“«]))"
)
NAMED = re.compile(
    rf"(?P<name>{ADVICE}|recommendations|case|caso|case study|use case|caso de uso|finding"
    r"|hallazgo)"
    r"\s*(?P<number>\d{1,2})?\s*[.:–—-]\s+(?=\S)",
    re.IGNORECASE,
)

OPENING_QUOTES = '“«"„'
CLOSING_QUOTES = '”»"'

# First cells of the header of a list of people -> the field they name.
COLUMN_WORDS = {
    "name": "name", "nombre": "name", "participant": "name", "participante": "name",
    "nombres": "name",
    "job title": "job_title", "title": "job_title", "role": "job_title", "position": "job_title",
    "post": "job_title",
    "cargo": "job_title", "puesto": "job_title", "función": "job_title",
    "organisation": "organisation", "organization": "organisation", "institution": "organisation",
    "affiliation": "organisation", "body": "organisation", "organismo": "organisation",
    "organización": "organisation", "institución": "organisation", "afiliación": "organisation",
    "entidad": "organisation",
    "sector": "sector", "group": "sector", "grupo": "sector", "stakeholder group": "sector",
    "type": "sector",
    "region": "region", "región": "region", "province": "region", "provincia": "region",
    "state": "region", "estado": "region",
    "place": "region", "lugar": "region", "country": "region", "país": "region",
}  # fmt: skip

# Sectors as lists of participants name them, folded -> the form that is stored.
SECTORS = {
    "government": "Government", "govt": "Government", "gov": "Government", "gobierno": "Government",
    "public sector": "Public sector", "sector publico": "Public sector",
    "legislative branch": "Legislative branch",
    "poder legislativo": "Legislative branch", "judiciary": "Judiciary",
    "poder judicial": "Judiciary",
    "academia": "Academia", "academic": "Academia", "university": "Academia",
    "universidad": "Academia", "research": "Research",
    "industry": "Industry", "industria": "Industry", "private sector": "Private sector",
    "sector privado": "Private sector",
    "business": "Business", "empresa": "Business", "start-up": "Start-up", "startup": "Start-up",
    "start up": "Start-up",
    "civil society": "Civil society", "sociedad civil": "Civil society", "ngo": "NGO", "ong": "NGO",
    "consultancy": "Consultancy", "consultoria": "Consultancy", "cluster": "Cluster",
    "media": "Media", "medios": "Media",
    "international cooperation": "International cooperation",
    "cooperacion internacional": "International cooperation",
    "international organisation": "International organisation",
    "organismo internacional": "International organisation",
    "trade union": "Trade union", "sindicato": "Trade union", "fisheries": "Fisheries",
    "health": "Health", "finance": "Finance",
}  # fmt: skip

JOB_WORDS = frozenset(  # folded
    "director directora coordinator coordinador coordinadora researcher investigador investigadora "
    "professor profesor profesora "
    "president presidente presidenta vice vp ceo cto cio coo cfo chief head manager gerente "
    "officer oficial advisor adviser asesor "
    "asesora associate consultant consultor consultora senator senador senadora deputy diputado "
    "diputada secretary secretario "
    "secretaria minister ministro ministra administrator administrador engineer ingeniero "
    "ingeniera analyst analista intern "
    "fellow founder fundador cofounder partner socio lead leader specialist especialista "
    "technician phd student lecturer "
    "scientist rector dean decano commissioner comisionado member miembro chair "
    "chairperson chairman representative "
    "representante spokesperson vocal assistant asistente governor mayor alcalde alcaldesa nurse "
    "doctor judge editor journalist "
    "consejero consejera orientador orientadora portavoz "
    "master captain teacher maestro maestra principal clerk planner inspector warden librarian "
    "pilot".split()
)
JOB_QUALIFIERS = frozenset(
    "general senior junior interim former acting regional national deputy technical executive "
    "assistant public policy digital open "
    "data software sw finance social programme program project emerging civic big ai it".split()
)
# Nouns that head the name of a body.
BODY_WORDS = frozenset(  # folded
    "ministry ministerio secretariat secretaria department departamento office oficina "
    "institute instituto university "
    "universidad college council consejo commission comision board agency agencia "
    "authority service services servicio "
    "company embassy embajada bank banco foundation fundacion association asociacion federation "
    "federacion union chamber camara "
    "centre center centro laboratory laboratorio school escuela hospital society sociedad academy "
    "academia network red trust "
    "ayuntamiento diputacion junta alcaldia municipio ministerial consorcio "
    "inspectorate inspeccion bureau directorate direccion ombudsman defensoria "
    "parliament congress congreso senate senado government gobierno administration tribunal court "
    "forum foro group grupo".split()
)
# A whole line that names a body or a land (folded): "Ministry of Ports", "Oldwick Town Council".
# Words that head other titles as well ("network", "trust") are not among these.
_BODIES = (
    "ministry|ministerio|secretariat|secretaria|department|departamento|office|oficina|institute"
    "|instituto|university|universidad|council|consejo|commission|comision|committee|comite|board"
    "|agency|agencia|authority|autoridad|house|chamber|camara|assembly|asamblea|parliament"
    "|parlamento|congress|congreso|senate|senado|government|gobierno|ayuntamiento|consejeria"
    "|defensoria|ombudsman"
)
_LANDS = "republic|republica|kingdom|reino|province|provincia|city|ciudad|borough|municipio|region"
BODY_NAME = re.compile(
    rf"^(?!.*:)(?:(?:the |el |la )?(?:\w+ )?(?:(?:{_BODIES}) (?:of|for|on|de|del)"
    rf"|(?:{_LANDS}) (?:of|de|del))\b|.*\b(?:{_BODIES})$)"
)
