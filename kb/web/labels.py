"""The words for what the data call by a code: kinds, facets, reasons. English; translated where
they are shown.
"""

from __future__ import annotations

from index.search import PROVEN
from kb.language import Words
from kb.web.site import mark

LABELS = {
    # kinds of passage
    "paragraph": mark("paragraph"), "list_item": mark("list item"), "quote": mark("quotation"),
    "table": mark("Table"), "figure": mark("Figure"), "footnote": mark("footnote"),
    "turn": mark("interview turn"), "participant": mark("participant"), "heading": mark("heading"),
    "caption": mark("caption"),
    # facets and orders
    "kind": mark("Kind"), "document": mark("Document"), "section": mark("Section"),
    "sector": mark("Sector"), "region": mark("Region"), "speaker": mark("Speaker"),
    "organisation": mark("Organisation"), "lang": mark("Language"),
    "relevance": mark("relevance"), "place": mark("order of reading"),
    # documents
    "report": mark("report"), "interview": mark("interview"), "use_cases": mark("use cases"),
    "participants": mark("participants"), "en": mark("in English"), "es": mark("in Spanish"),
    "printed": mark("as printed"), "inferred": mark("counted from printed ones"),
    "none": mark("none"),
    # why there is no answer
    "off_subject": mark("the documents do not deal with it"),
    "no_evidence": mark("no passage says it"),
    "false_premise": mark("something it assumes is not so"),
    "conflicting": mark("the documents contradict each other"),
    "too_long": mark("the question is too long"), "unreadable": mark("no words to look for"),
    # tables
    "documents": mark("documents"), "sections": mark("headings"), "passages": mark("passages"),
    "people": mark("people"), "organisations": mark("organisations"), "quotes": mark("quotation"),
    "views": mark("view"), "use_case_results": mark("result of a case"),
    "recommendations": mark("recommendation"), "footnotes": mark("footnote"),
    "data_tables": mark("table"), "data_cells": mark("cell"), "figures": mark("figure"),
    "regions": mark("region"), "region_facts": mark("fact of a region"),
    "acronyms": mark("acronym"), "statistics": mark("number"), "interviews": mark("interview"),
    "discrepancies": mark("contradiction"), "drawing": mark("drawing"),
    # columns
    "post": mark("Post"), "area": mark("Area"), "actor": mark("Who is to act"),
    "timeframe": mark("Timeframe"), "name": mark("Name"), "place_": mark("Place"),
    "sure": mark("sure"), "likely": mark("likely"), "guessed": mark("guessed"),
    # what lies near a record
    "many_quotes": mark("Quotes"), "many_views": mark("Views"),
    "many_use_cases": mark("Use cases"), "many_statistics": mark("Numbers"),
    "many_recommendations": mark("Recommendations"),
    # facts of a region
    "key_sector": mark("Key sectors"), "strategic_area": mark("Strategic areas"),
    "institution": mark("Institutions"), "policy": mark("Policies"), "vision": mark("Vision"),
    "ranking": mark("Rankings"),
    # views
    "views_for": mark("Views for"), "views_against": mark("Views against"),
    "views_other": mark("Other views"),
    "for": mark("for"), "against": mark("against"), "other": mark("other"),
    # levels of use cases and forms of recommendations
    "national": mark("national"), "regional": mark("regional"), "brief": mark("in brief"),
    "full": mark("in full"), "title": mark("title"),
    # what the audit found
    "numbering": mark("numbering"), "cross-reference": mark("cross-reference"),
    "count": mark("count"), "two numbers for one thing": mark("two numbers for one thing"),
    "impossible number": mark("impossible number"),
    "recommendation wording": mark("recommendation wording"),
    "misplaced heading": mark("misplaced heading"), "repeated caption": mark("repeated caption"),
    "repeated paragraph": mark("repeated paragraph"),
    "duplicated footnote": mark("duplicated footnote"), "name variant": mark("name variant"),
    "affiliation": mark("affiliation"),
    # what was skipped
    "quotation mark set apart from its quote": mark("quotation mark set apart from its quote"),
    "number of a footnote": mark("number of a footnote"),
    "letters and numbers of a drawing": mark("letters and numbers of a drawing"),
    "running head or page number": mark("running head or page number"),
    "table of contents": mark("table of contents"),
    "line drawn between parts": mark("line drawn between parts"),
    "column titles of a list of people": mark("column titles of a list of people"),
}  # fmt: skip


def label(code: str | None, words: Words) -> str:
    """What a code is called."""
    if not code:
        return ""
    return words.say(LABELS.get(code, code.replace("_", " ")))


# What speaks for a hit with a number from 0 to 1.
MEASURED = {
    "meaning": mark("meaning %(n)s"),
    "word by word": mark("word by word %(n)s"),
    "answers": mark("likely to answer %(n)s"),
}


def why(reason: str, words: Words) -> str:
    """Why a hit is there (see Hit.why), in the page's language."""
    if reason == PROVEN:
        return words.say("holds a record that answers")
    kind, _, value = reason.partition(": ")
    if value == "in the headings above":
        return words.say("words in the headings above")
    if value:
        return words.say("words: %(words)s", words=value)
    for begins, said in MEASURED.items():
        if kind.startswith(f"{begins} "):
            return words.say(said, n=words.number(float(kind.removeprefix(f"{begins} "))))
    return reason
