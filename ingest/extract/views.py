"""Views: sentences that give somebody's view without quoting, with who holds it.

Looks for a group or one of the people who were asked ("Many interviewees", "one manager", "the
academic community"), and a verb of holding, saying or wanting behind it; "They" is who held the
sentence before. The holder is worded as the source words it: an opinion never becomes a fact.
"""

from __future__ import annotations

import re

from ingest.reading import Ids, Reading
from kb.records import Record, View
from kb.text import sentences

_HOLDERS = (
    r"interviewees?|respondents?|stakeholders?|participants?|experts?|academics?|researchers?|consultees?|contributors?|"
    r"attendees?|members|people|communit(?:y|ies)|groups?|actors?|officials?|figures|companies|businesses|firms|organi[sz]ations|"
    r"fishers|farmers|teachers|parents|patients|nurses|clinicians?|doctors|students|citizens|residents|voices|managers?|agents?|"
    r"insurers?|wardens?|merchants?|skippers?|unions?|scientists?|professors?|entrepreneurs|replies|submissions|"
    r"entrevistad[oa]s?|participantes|expert[oa]s|académic[oa]s|representantes|organizaciones|empresas|investigador(?:es|as)|"
    r"personas|funcionari[oa]s|vecin[oa]s|docentes|pescador(?:es|as)"
)
_QUANTIFIERS = (
    r"many|several|some|most|all|both|two|three|four|a number|a few|few|a majority|a minority|the "
    r"majority|one|another|other|others|the|these|"
    r"those|our|this|no|muchos|muchas|varios|varias|algunos|algunas|la mayoría|todos|todas|un|una"
    r"|los|las|otros|otras|nuestros"
)
# These may also begin a holder inside a clause; an article may not ("named the actor").
_STRONG = (
    "many|several|some|most|all|a number|a few|one|another|those|our|this|these|muchos|muchas"
    "|varios|"
    "varias|algunos|algunas|la mayoría|un|una"
)
_VIEW_VERBS = (
    r"argued?|argues|felt|feels?|feel|stress(?:ed|es)?|emphasi[sz]ed?|emphasi[sz]es|explain(?:ed|s)?|suggest(?:ed|s)?|propos(?:ed|es?)|agreed?|agrees|"
    r"express(?:ed|es)?|reflect(?:ed|s)?|wanted|wants?|said|says?|saying|believed?|believes|thought|thinks?|asked|asks?|see|sees|saw|worr(?:y|ied|ies)|"
    r"fear(?:ed|s)?|complained|complains?|noted|notes?|warned|warns?|called for|call for"
    r"|prefer(?:red|s)?|support(?:ed|s)?|oppos(?:ed|es?)|object(?:ed|s)?|"
    r"doubt(?:ed|s)?|insist(?:ed|s)?|hoped?|hopes|recommended|pointed out|claimed?|claims|told"
    r"|object(?:ed)?|raised|highlighted|described|would like|"
    r"considered?|remarked|were wary|was wary|are committed|"
    r"argumentaron|señal(?:ó|aron)|opin(?:ó|aron)|consider(?:an|aron)|pidi(?:ó|eron)|propus(?:o|ieron)|afirm(?:ó|aron)|coincid(?:en|ieron)|"
    r"expres(?:ó|aron)|tem(?:en|ían)|cre(?:en|ían)|destac(?:ó|aron)|subray(?:ó|aron)|advirti(?:ó|eron)|dij(?:o|eron)|sostien(?:e|en)|prefier(?:e|en)"
)
_NOT_BETWEEN = "that|who|which|for|in|by|have|has|had|is|are|was|were|of|to|with|on|at|enables?"
_NOUN_PHRASE = rf"(?:(?!(?:{_NOT_BETWEEN})\b)[\w’'-]*[^\Ws]\s+){{0,3}}(?P<noun>{_HOLDERS})\b"
# "Residents of Lower Dunholt": the capitals matter here only.
_OF_PLACE = r"(?:\s+(?:of|de)\s+(?-i:[A-ZÀ-Þ][\w’'-]*)(?:\s+(?-i:[A-ZÀ-Þ][\w’'-]*))*)?"
_HOLDER = re.compile(
    rf"(?:(?P<clause>^|[,;]\s+)|\b(?=(?:{_STRONG})\b))"
    rf"(?P<holder>(?:(?:{_QUANTIFIERS})\s+)?(?:of\s+(?:(?:the|our|those)\s+)?|de\s+(?:los|las)\s+)?"
    rf"(?:(?:interviewed|consulted)\b|{_NOUN_PHRASE}{_OF_PLACE}"
    rf"(?:\s+(?:we\s+)?(?:interviewed|consulted|met|entrevistados|entrevistadas)\b)?))",
    re.IGNORECASE,
)
_VERB = re.compile(rf"\b(?:{_VIEW_VERBS})\b", re.IGNORECASE)
_THEME = re.compile(
    rf"\b(?:theme|view|concern|point|changes|opinion|preocupación|opinión)\w*\s+(?:\w+\s+)?(?:from|of|among|by|de|entre)\s+(?P<holder>(?:our\s+|the\s+)?(?:{_HOLDERS}))\b",
    re.IGNORECASE,
)
_THEY = re.compile(
    rf"^(?P<holder>They|Ellos|Ellas)\b[^.]{{0,60}}?\b(?:{_VIEW_VERBS})\b", re.IGNORECASE
)
_OTHER_SUBJECT = re.compile(r"[;:]|\b(?:who|that|which)\b|\bby\b(?!\s*$)")
_REACH = 60  # characters from the holder to the verb; further off the verb is somebody else's
_LABEL = re.compile(r"^(?:\d{1,3}[.)]|\([a-z]\)|[a-z][.)]|[•▪●*–—-])\s+")
# Of a holder that no list has ("some older plot-holders") only plain verbs of opinion tell.
_SOMEBODY = re.compile(
    rf"(?:^|[,;]\s+)(?P<holder>(?:{_STRONG})\s+(?:[a-zà-ÿ-]+\s+){{0,2}}[a-zà-ÿ-]+)\s+(?:"
    r"argued|felt|feared|fears?|said|complained|thought|believed|worried|objected|welcomed|doubted|"
    r"insisted|hoped|warned|wanted|asked for|suggested|proposed|preferred|opposed|"
    r"señal(?:ó|aron)|opin(?:ó|aron)|pidi(?:ó|eron)|propus(?:o|ieron)|tem(?:en|ían))\b",
    re.IGNORECASE,
)
_KINDS = frozenset({"paragraph", "list_item"})


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each sentence of running text that gives a view."""
    rows: list[Record] = []
    for i, passage in reading.passage_of.items():
        if passage.kind not in _KINDS:
            continue
        words = reading.clean(i)
        before: str | None = None
        for start, end in sentences(words.text):
            sentence = words[start:end]
            holder = holder_of(sentence.text) or (_they(sentence.text) if before else None)
            before = holder or _mentioned(sentence.text)
            if holder is None:
                continue
            topic = reading.section(i)
            rows.append(
                View(
                    ids.next(View), reading.document.id, passage.id, passage.section_id,
                    sentence.text, holder, topic.heading if topic else None, passage.page,
                    sentence.spans,
                )
            )  # fmt: skip
    return rows


def holder_of(sentence: str) -> str | None:
    """Who holds the view that a sentence gives, None if it gives none.

    Example: "Several fishers felt that the box was a policeman." -> "Several fishers".
    """
    if "“" in sentence or "«" in sentence:
        return None  # a quotation is a quote, not a view
    sentence = _LABEL.sub("", sentence)
    theme = _THEME.search(sentence)
    if theme:
        return theme["holder"]
    for found in _HOLDER.finditer(sentence):
        if found["noun"] and found["noun"][0].isupper() and found.start("noun") > 0:
            continue  # a name: "the Steering Group"
        verb = _VERB.search(sentence, found.end(), min(len(sentence), found.end() + _REACH))
        between = sentence[found.end() : verb.start()] if verb else ""
        if verb and not _OTHER_SUBJECT.search(between):
            return found["holder"].strip()
    somebody = _SOMEBODY.search(sentence)
    return somebody["holder"] if somebody else None


def _mentioned(sentence: str) -> str | None:
    """The group that a sentence begins with, whom a "They" behind it may mean."""
    found = _HOLDER.match(sentence)
    return found["holder"] if found else None


def _they(sentence: str) -> str | None:
    found = _THEY.match(sentence)
    return found["holder"] if found else None
