"""Which kinds of record can be counted and listed, the words people name them by, and the columns
that can narrow them down. Data only; `counted.py` reads it.

Patterns are over folded words with one blank between them, English and Spanish side by side.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """A column whose values a question may name.

    how: name (a body: whole, or the beginning of just one), person (also a part of just one name),
    place (whole), group (whole, or a word of ALIKE), loose (at least the share of its words), prose
    (words that stand in it), job (prose, or a word of ALIKE).
    """

    column: str
    how: str
    en: str
    es: str
    share: float = 0.6


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows that can be counted.

    nouns: what they are called; cue: what must be said as well. label, extra: of these columns, the
    first that is filled names a row, and is added to the name. place: SQL for the passage that
    proves a row. needs: columns of which a filter must use one. asks: how it may be asked for.
    plain: words that add nothing after the noun; before: the same between "how many" and the noun,
    where a word mostly says what is counted. is_shown: whether who reads a row's passage sees the
    row; a recommendation's title stands above it.
    """

    en: tuple[str, str]
    es: tuple[str, str]
    nouns: str
    source: str
    columns: tuple[str, ...]
    label: tuple[str, ...]
    extra: tuple[str, ...] = ()
    cue: str = ""
    where: str = ""
    group: str = ""
    place: str = "passage_id"
    filters: tuple[Filter, ...] = ()
    needs: tuple[str, ...] = ()
    asks: str = "count list which what"
    plain: str = "$"
    order: str = "id"
    before: str = ""
    is_shown: bool = True


PEOPLE = (
    r"people|persons?|individuals?|experts?|those|personas?|gente|expert[oa]s?|who|whom"
    r"|quien(?:es)?"
)
_PARTICIPANTS = (
    r"(?:(?:lists?|annex|appendix) of (?:the )?)?(?:participants?|contributors?|interviewees?"
    r"|attendees|witnesses|people (?:consulted|interviewed|listed)|those (?:consulted|interviewed)"
    r"|stakeholders? (?:consulted|interviewed|listed))(?: lists?)?"
    r"|(?:(?:listas?|anexo|apendice) de (?:los )?)?(?:participantes?|entrevistad[oa]s|asistentes"
    r"|comparecientes"
    r"|consultad[oa]s|personas (?:consultadas|entrevistadas))"
)
TOOK_PART = (
    r"(?:take|takes|taking|took|taken) part|participat(?:e|es|ed|ing)|attend(?:ed|s)?|came"
    r"|(?:was|were) (?:consulted|interviewed|represented)|consulted|interviewed|represented"
    r"|contributed|(?:gave|given|giving) evidence|compareci(?:o|eron)|particip(?:o|aron|an|a)"
    r"|asisti(?:o|eron)|acudi(?:o|eron)|intervin(?:o|ieron)"
    r"|tom(?:o|aron) parte|represent(?:o|aron)|fue(?:ron)? (?:consultad|entrevistad)[oa]s?"
)
_BELONG = (
    rf"{PEOPLE}|names?|nombres?|come|comes|came|vienen?|belong|belongs|pertenecen?|work|works"
    r"|trabajan?|represents?|representan|representing|affiliated|behalf|part|parte|side|sector"
    r"|sectors|sectores|region|state|province|estado|provincia|mundo|world|background|job|title"
    r"|participated|interviewed|consulted|attended|contributed|took|consultation|consulta|as"
)
_PERSON = Filter("name", "person", "named {}", "{}")
_BODY = Filter("organisation", "name", "from {}", "de {}")
_SECTOR = Filter("sector", "group", "from the sector {}", "del sector {}")
_REGION = Filter("region", "place", "from {}", "de {}")
_JOB = Filter("job_title", "job", "in a post named “{}”", "de cargo «{}»")
_WHO = (_PERSON, _BODY, _SECTOR, _REGION, _JOB)


def _at(table: str) -> str:
    """SQL for the passage in which, or after which, a row's spans begin."""
    return (
        f"(select p.id from passages p where p.document_id = {table}.document_id "
        f"and json_extract(p.spans, '$[#-1][1]') > json_extract({table}.spans, '$[0][0]') "
        "order by json_extract(p.spans, '$[0][0]'), p.id limit 1)"
    )


def _participants(
    nouns: str, asks: str, cue: str = "", needs: tuple[str, ...] = (), plain: str = _BELONG
) -> Kind:
    return Kind(
        ("participant", "participants"), ("participante", "participantes"), nouns, "participants",
        ("id", "name", "job_title", "organisation", "sector", "region", "page"),
        ("name",), ("organisation", "job_title"), cue, filters=_WHO, needs=needs, asks=asks,
        plain=plain,
        before=rf"{PEOPLE}|names?|nombres?|representatives?|representantes?|delegates?|delegados",
    )  # fmt: skip


def _of_participants(
    column: str, en: tuple[str, str], es: tuple[str, str], nouns: str, alone: bool = False
) -> Kind:
    """Values of a column of participants; alone: asked of one person, with no word for list."""
    source, value, named = "participants", column, column
    if column == "sector":  # "; " between several, and each counts
        source = (
            "participants, "
            "json_each('[' || replace(json_quote(sector), '; ', '\",\"') || ']') as one"
        )
        value, named = "one.value", "one.value as sector"
    return Kind(
        en, es, nouns, source, (named, "count(*) as participants"), (column,),
        cue="" if alone else rf"{_PARTICIPANTS}|{TOOK_PART}", where=f"{column} is not null",
        group=value, place="min(passage_id)",
        filters=(_PERSON,) if alone else tuple(f for f in _WHO if f.column != column),
        needs=("name",) if alone else (), order="min(participants.id)",
        asks="what which bare" if alone else "count list which what",
        plain=f"{_BELONG}|holds?|have|has|ocupa|tiene|desempena|de",
    )  # fmt: skip


_BODIES = r"organi[sz]ations?|institutions?|bodies|organizaci(?:on|ones)|institucion(?:es)?"
_FACT = "region_facts f join regions r on r.id = f.region_id"
_IN_REGION = Filter("r.name", "place", "listed for {}", "de {}")


def _facts(
    kind: str, en: str, ens: str, es: str, ess: str, nouns: str, label: tuple[str, ...] = ("name",)
) -> tuple[Kind, Kind]:
    """What a region's profile states, and the regions whose profile states it."""
    listed = Kind(
        (en, ens), (es, ess), nouns, _FACT, ("f.id", "r.name as region", "f.name", "f.text"),
        (*label, "text"), where=f"f.kind = '{kind}'", place="f.passage_id", order="f.id",
        filters=(_IN_REGION,), needs=("r.name",), asks="count list which what bare",
        plain=r"regions?|states?|province|estado|region|provincia|profiles?|perfil|its|their|agenda"
        r"|strategy|estrategia|innovation|innovacion|puts?|first|focus|focuses|priorit\w*|bets?",
    )  # fmt: skip
    having = Kind(
        ("region", "regions"), ("región", "regiones"), _REGIONS, _FACT,
        ("r.name as region", "group_concat(f.name, '; ') as names"), ("region",), cue=nouns,
        where=f"f.kind = '{kind}'", group="r.id", place="min(f.passage_id)", order="min(f.id)",
        filters=(Filter("f.name", "prose", f"listed with “{{}}” among the {ens}",
                        f"con «{{}}» entre los rasgos «{ess}»"),),
        needs=("f.name",),
        plain="profiled|profiles?|perfil(?:es)?|lists?|among|as|como|entre|tienen?",
    )  # fmt: skip
    return listed, having


_REGIONS = (
    r"regions?|states?|provinces?|parts? of (?:the|this) country|regiones|region|estados?"
    r"|provincias?|partes? del pais|entidades"
)
_TITLE = Filter("title", "prose", "about “{}” (in the title)", "sobre «{}» (en el título)")
_ON = Filter(
    "coalesce(area, '') || ' ' || title", "prose", "about “{}” (in the title or the area)",
    "sobre «{}» (en el título o el ámbito)",
)  # fmt: skip
_CAPTION = Filter("caption", "prose", "about “{}” (in the caption)", "sobre «{}» (en el título)")
_ADVICE = (
    r"concern(?:s|ing)?|deal|deals|relat(?:e|es|ed|ing)|address(?:es|ed)?|directed|aimed|come|comes"
    r"|made?|makes?|mak(?:e|ing)|regarding|touch|touches|cover|covers|under|area|heading|topic|theme"
    r"|hace|hacen|propone|formula|tratan?|refieren|dirigid[oa]s|relacionad[oa]s|relativ[oa]s|tema"
    r"|bajo|apartado|ambito|corresponden|contain|summary|timeframe|plazo|offers?|put|forward"
)
_RECOMMENDED = ("id", "number", "area", "title", "actor", "timeframe", "page")
_TO = (
    Filter("area", "loose", "under {}", "de {}"),
    Filter("actor", "name", "addressed to {}", "para {}"),
    Filter("timeframe", "loose", "for the timeframe “{}”", "para el plazo «{}»"),
    _ON,
)
_ADVISED = (("recommendation", "recommendations"), ("recomendación", "recomendaciones"))

KINDS: tuple[Kind, ...] = (
    _participants(_PARTICIPANTS, "count list which what who"),
    # "Who took part from the port?": no word for participant, so something must narrow it down.
    _participants(TOOK_PART, "count list which who",
                  needs=tuple(f.column for f in _WHO if f.column != "job_title")),
    _of_participants("organisation", ("organisation of participants", "organisations of "
                     "participants"), ("organización de participantes",
                     "organizaciones de participantes"), _BODIES),
    _of_participants("sector", ("sector of participants", "sectors of participants"),
                     ("sector de participantes", "sectores de participantes"),
                     r"sectors?|sectores|stakeholder groups?"),
    _of_participants("region", ("region of participants", "regions of participants"),
                     ("región de participantes", "regiones de participantes"), _REGIONS),
    _of_participants("job_title", ("post", "posts"), ("cargo", "cargos"),
                     r"jobs?|job titles?|posts?|positions?|titles?|roles?|cargos?|puestos?", True),
    _of_participants("organisation", ("organisation", "organisations"),
                     ("organización", "organizaciones"),
                     rf"{_BODIES}|institutes?|compan(?:y|ies)|firms?|universit(?:y|ies)|employers?"
                     r"|institutos?|empresas?|universidad(?:es)?", True),
    _of_participants("sector", ("sector", "sectors"), ("sector", "sectores"), r"sectors?", True),
    _of_participants("region", ("region", "regions"), ("región", "regiones"), _REGIONS, True),
    Kind(("person quoted", "people quoted"), ("persona citada", "personas citadas"),
         r"people quoted|quoted|speakers?|citad[oa]s?|personas citadas", "quotes",
         ("speaker", "organisation", "count(*) as quotations"), ("speaker",), ("organisation",),
         where="kind <> 'turn'", group="coalesce(person_id, speaker)", place="min(passage_id)",
         filters=(Filter("organisation", "name", "from {}", "de {}"),), order="min(id)",
         asks="count list which who", before=PEOPLE, plain=f"{PEOPLE}|directly|textualmente"),
    Kind(("quotation", "quotations"), ("cita", "citas"),
         r"quotes?|quotations?|citas?(?: textuales)?", "quotes",
         ("id", "speaker", "role", "organisation", "text", "page"), ("text",), ("speaker",),
         where="kind <> 'turn'",
         filters=(Filter("speaker", "person", "by {}", "de {}"),
                  Filter("organisation", "name", "by people of {}", "de personas de {}"),
                  Filter("text", "prose", "about “{}” (in the words)", "sobre «{}» (en el texto)")),
         asks="count list which", plain=r"people|mention|mentions|contain|hay"),
    Kind(("view", "views"), ("opinión", "opiniones"), r"views?|opinions?|opiniones", "views",
         ("id", "holder", "topic", "text", "page"), ("text",),
         filters=(Filter("topic", "loose", "under {}", "del apartado {}"),
                  Filter("holder", "loose", "of {}", "de {}", 1.0)),
         asks="count list which", plain="section|apartado|under"),
    Kind(("use case", "use cases"), ("caso de uso", "casos de uso"),
         r"(?:use )?cases?(?: stud(?:y|ies))?|casos?(?: de (?:uso|estudio))?|estudios de caso",
         "use_cases", ("id", "name", "title", "organisation", "place", "level", "page"),
         ("name", "title"), ("organisation", "place"), place=_at("use_cases"),
         filters=(Filter("organisation", "name", "of {}", "de {}"),
                  Filter("place", "name", "from {}", "de {}"),
                  Filter("level", "group", "of level “{}”", "de nivel «{}»"), _TITLE),
         plain=r"level|nivel|run|concern|about|deal|set|come|trat(?:an?|en)|scale|studied|ambito"),
    Kind(*_ADVISED, r"(?:brief|summary) recommendations|recomendaciones (?:breves|resumidas)",
         "recommendations", _RECOMMENDED, ("title",), where="parent_id is null and form = 'brief'",
         place=_at("recommendations"), filters=_TO, plain=_ADVICE, is_shown=False),
    # A document may give its recommendations twice; max('brief', 'full') is 'full'.
    Kind(*_ADVISED, r"recommendations?|recomendacion(?:es)?|medidas (?=propuestas|propone)"
         r"|proposals|propuestas"
         r"|recommended|recomiendan?|recomendado",
         "recommendations r", _RECOMMENDED, ("title",),
         where="parent_id is null and form = (select max(form) from recommendations "
         "where document_id = r.document_id)", place=_at("r"), filters=_TO, plain=_ADVICE,
         is_shown=False),
    Kind(("region with a profile", "regions with a profile"),
         ("región con perfil", "regiones con perfil"), _REGIONS, "regions",
         ("id", "name", "population", "gdp_share", "page"), ("name",), place=_at("regions"),
         cue=r"(?:a |un |in )?(?:profile[sd]?|perfil(?:es)?|fichas?)",
         plain=r"country|pais|gets?|given?|receives?|own|has|have|tienen?|reciben?|cuentan?|propi[oa]"
         r"|regional|innovation|innovacion"),
    *_facts("key_sector", "key sector", "key sectors", "sector clave", "sectores clave",
            r"(?:key|main) (?:economic )?sectors?|sector(?:es)? (?:economicos? )?clave"
            r"|principales sectores"),
    *_facts("strategic_area", "strategic area", "strategic areas", "área estratégica",
            "áreas estratégicas", r"strategic areas?|areas? estrategicas?"),
    _facts("institution", "institution", "institutions", "institución", "instituciones",
           r"(?:key |main )?institutions?|institucion(?:es)?")[0],
    _facts("policy", "policy", "policies", "política", "políticas",
           r"polic(?:y|ies)|programmes?|politicas?|programas?", ())[0],
    Kind(("ranking", "rankings"), ("lugar", "lugares"),
         r"ranks?|ranked|rankings?|placed?|places|positions?|lugar(?:es)?|puestos?|posicion(?:es)?"
         r"|clasifica\w*|occup(?:y|ies)|ocupan?|ubican?|(?:do|fares?|stands?|esta|queda|sale)"
         r"(?= (?:in|on|en) .*\b(?:index|rankings?|scoreboard|indice|clasificacion)\b)"
         r"|(?:comes?|is|are|does|do)(?= (?:worst|best|first|last))",
         _FACT, ("f.id", "r.name as region", "f.name as ranking", "f.rank", "f.text"),
         ("region",), where="f.kind = 'ranking' and f.rank is not null", place="f.passage_id",
         filters=(Filter("r.name", "place", "of {}", "de {}"),
                  Filter("f.name", "loose", "in {}", "en {}", 0.3)),
         needs=("r.name", "f.name"), order="f.rank, f.id", asks="which what list where",
         before=rf"{_REGIONS}|profiled|index|indice",
         plain=rf"{_REGIONS}|regions|regiones|profiled|indice|index|take|takes|tiene|hold|holds|come"
         r"|comes|occupy|occupies|ocupa|get|gets|nationally|national|among|entre|perfil|perfiles"
         r"|rank|ranks|ranking|rankings|place|position|lugar|posicion|puesto|score|scores|league|tables?"
         r"|standings?|tabla|clasificacion"),
    Kind(("document", "documents"), ("documento", "documentos"),
         r"documents?|documentos?", "documents",
         ("id", "kind", "title", "path", "language"), ("title",),
         place="(select min(p.id) from passages p where p.document_id = documents.id)",
         filters=(Filter("kind", "group", "of kind “{}”", "de tipo «{}»"), _TITLE),
         plain="loaded|indexed|read|cargados|stored"),
    Kind(("table", "tables"), ("tabla", "tablas"), r"(?:data )?tables?|tablas?|cuadros?",
         "data_tables", ("id", "number", "caption", "source", "page"), ("caption",),
         filters=(_CAPTION,), asks="count list which what",
         plain="has|tiene|shows?|muestran?|about|sobre"),
    Kind(("figure", "figures"), ("figura", "figuras"), r"figures|figuras", "figures",
         ("id", "number", "caption", "source", "page"), ("caption",), filters=(_CAPTION,),
         asks="count list which", plain="has|tiene|shows?|muestran?|about|sobre"),
    Kind(("interview", "interviews"), ("entrevista", "entrevistas"), r"interviews|entrevistas",
         "interviews", ("id", "title", "date", "place", "interviewer", "page"), ("title",),
         place=_at("interviews"), asks="list which"),
    Kind(("footnote", "footnotes"), ("nota al pie", "notas al pie"),
         r"foot ?notes?|notas (?:al|a) pie(?: de pagina)?", "footnotes",
         ("id", "number", "text", "url", "year", "page"), ("text",),
         filters=(Filter("year", "place", "of {}", "de {}"),
                  Filter("text", "prose", "about “{}” (in the words)", "sobre «{}» (en el texto)")),
         plain=r"cites?|citing|citan?|refers?|dated|year|mencionan"),
    Kind(("acronym", "acronyms"), ("sigla", "siglas"), r"acronyms|siglas|acronimos", "acronyms",
         ("id", "acronym", "expansion", "page"), ("acronym",), ("expansion",),
         plain="explained|spelled|spelt|out|defined|explica|definen?|desarrolla",
         asks="count list which what"),
)  # fmt: skip

# Words for one thing in the columns of participants and use cases, in either language.
ALIKE: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split("|"))
    for line in (
        "academia|academic|academics|academic sector|academic world|academico|academica|university"
        "|universities|universidad|universidades|sector academico|mundo academico",
        "government|governmental|gobierno|gubernamental|public sector|sector publico",
        "industry|industria|private sector|sector privado|business|businesses|company|companies"
        "|empresa|empresas|sector empresarial",
        "civil society|sociedad civil|ngo|ngos|ong|non profits|nonprofits",
        "start up|start ups|startup|startups|empresas emergentes",
        "consultancy|consultancies|consulting|consultoria|consultorias",
        "international cooperation|cooperacion internacional",
        "legislative branch|legislature|poder legislativo|congress|congreso",
        "fisheries|fishing|pesca|sector pesquero", "media|press|medios|prensa",
        "national|federal|nacional", "regional|local|state level|estatal",
        "report|reports|informe|informes", "interview|interviews|entrevista|entrevistas",
        "researcher|researchers|investigador|investigadora|investigadores|investigadoras",
        "professor|professors|profesor|profesora|profesores|catedratico",
        "director|directors|directora|directores", "head|heads|jefe|jefa|jefes",
        "president|presidents|presidente|presidenta", "chair|chairs", "manager|managers|gerente",
        "coordinator|coordinators|coordinador|coordinadora|coordinadores",
        "engineer|engineers|ingeniero|ingeniera|ingenieros", "mayor|mayors|alcalde|alcaldesa",
        "secretary|secretario|secretaria", "consultant|consultants|consultor|consultora",
        "analyst|analysts|analista", "teacher|teachers|maestro|maestra|docente",
        "lecturer|lecturers", "doctor|doctors|medico|medica|medicos",
        "adviser|advisor|advisers|advisors|asesor|asesora|asesores",
    )
)  # fmt: skip

# "Who leads it?": a post that is this and no more ("Director", "General Director"; no "Director for
# Open Data", who leads a part).
LEADS = (
    r"leads?|heads|runs|chairs|directs|presides over|in charge of|dirige[n]?|encabezan?|preside[n]?"
    r"|lideran?|esta al frente de"
)
LEADING = Filter("job_title", "job", "in a leading post", "de cargo directivo")
LEADERS = frozenset(
    "director directora president presidente presidenta ceo head chair chairman chairwoman jefe "
    "jefa gerente mayor alcalde alcaldesa coordinator coordinador coordinadora".split()
)
RANKED = frozenset("general executive managing ejecutivo ejecutiva interim interino chief".split())
WORST = "worst lowest last bottom peor ultimo ultima abajo".split()
BEST = "best highest first top mejor primero primera primer".split()
NUMBERS = {
    word: n
    for line in ("two three four five six seven eight nine ten eleven twelve",
                 "dos tres cuatro cinco seis siete ocho nueve diez once doce")
    for n, word in enumerate(line.split(), start=2)
}  # fmt: skip
