"""What the pages of single records show, on the sample corpus and with records made by hand."""

from dataclasses import replace

import pytest

from kb.profiles import names
from kb.profiles.nearest import FLOOR, MOST
from kb.profiles.people import people, person
from kb.profiles.reading import on_page
from kb.profiles.recommendations import recommendation, recommendations
from kb.profiles.regions import compare, region, regions
from kb.profiles.shelf import Shelf
from kb.profiles.use_cases import use_case, use_cases
from kb.records import (
    Discrepancy,
    Participant,
    Person,
    Quote,
    Recommendation,
    Region,
    RegionFact,
    Statistic,
    UseCase,
    View,
)
from kb.service import Service
from kb.text import letters

NOBODY = 10_000


@pytest.fixture(scope="module")
def service(db, encoder):
    return Service.load(db, encoder)


def with_records(service, *records):
    """The same knowledge base with more records."""
    rows = {table: dict(own) for table, own in service.shelf.rows.items()}
    for record in records:
        rows[record.table][record.id] = record
    made = replace(service)
    vars(made)["shelf"] = Shelf(service.searcher, rows)
    return made


def id_of(service, name):
    return next(p.id for p in service.shelf.all(Person) if p.name == name)


def passage_with(service, words):
    return next(p for p in service.searcher.passages.values() if words in p.text)


def quote_in(service, passage, id, person_id, text, kind="inline"):
    return Quote(
        id, passage.document_id, passage.id, passage.section_id, person_id, text, "Somebody", None,
        None, kind, passage.page, passage.spans,
    )  # fmt: skip


# -- people


def test_everybody_is_listed_once_with_what_the_list_gives(service):
    found = {c.name: c for c in people(service)}
    assert len(found) == len(people(service)) == 24
    aldane = found["Ruth Aldane"]
    assert (aldane.role, aldane.organisation) == ("Harbour Master", "Port of Vessmark")
    assert (aldane.sectors, aldane.region, aldane.documents) == (
        ("Government",),
        "Vessmark",
        (1, 2),
    )
    assert (aldane.quotes, aldane.turns, aldane.rows) == (1, 16, 1)


def test_everything_a_person_said_is_there_once(service):
    for each in service.shelf.all(Person):
        profile = person(service, each.id)
        said = [letters(s.quote.text) for s in profile.sayings]
        said += [letters(r.hit.passage.clean) for c in profile.conversations for r in c.replies]
        for quote in service.shelf.by_person(Quote, each.id):
            assert sum(letters(quote.text) in words for words in said) == 1, quote.text


def test_a_saying_names_the_stretch_that_holds_its_words(service):
    brenn = person(service, id_of(service, "Tomas Brenn"))
    (place,) = brenn.sayings[0].places
    assert place.words == "a warning that nobody understands is only a noise"
    assert len(place.hit.passage.text) > len(place.words)


def test_words_printed_twice_are_shown_once_with_both_places(service):
    ferrin = id_of(service, "Oda Ferrin")
    (pull,) = service.shelf.by_person(Quote, ferrin)
    elsewhere = passage_with(service, "wish for an independent keeper")
    part = pull.text.split(",")[0]
    made = with_records(service, quote_in(service, elsewhere, 900, ferrin, part))
    (saying,) = person(made, ferrin).sayings
    assert saying.quote == pull
    assert [p.hit.passage.id for p in saying.places] == [pull.passage_id, elsewhere.id]
    assert next(c.quotes for c in people(made) if c.id == ferrin) == 1


def test_a_quotation_out_of_an_interview_is_shown_with_its_turn(service):
    aldane = id_of(service, "Ruth Aldane")
    elsewhere = passage_with(service, "wish for an independent keeper")
    words = "Now QuayMinder tells me what the sea and the engine are likely to do"
    made = with_records(service, quote_in(service, elsewhere, 900, aldane, words, "pull"))
    profile = person(made, aldane)
    assert len(profile.sayings) == 1
    replies = [r for r in profile.conversations[0].replies if r.also]
    assert [words in r.hit.passage.text for r in replies] == [True]
    assert replies[0].also[0].hit.passage.id == elsewhere.id


def test_spellings_in_capitals_do_not_double_the_turns(service):
    aldane = service.shelf.get(Person, id_of(service, "Ruth Aldane"))
    made = with_records(service, replace(aldane, variants="RUTH ALDANE; Capt. Ruth Aldane"))
    assert next(c.turns for c in people(made) if c.id == aldane.id) == 16
    assert person(made, aldane.id).variants == ("RUTH ALDANE", "Capt. Ruth Aldane")


def test_a_reply_shows_the_question_before_it(service):
    (talk,) = person(service, id_of(service, "Ruth Aldane")).conversations
    assert talk.interview.interviewer == "Ines Calder"
    assert len(talk.replies) == 16
    assert talk.replies[0].asked.passage.speaker == "Ines Calder"
    assert talk.replies[1].asked is None  # she goes on


def test_mentions_are_passages_where_nothing_else_is_shown(service):
    profile = person(service, id_of(service, "Ruth Aldane"))
    (hit,) = profile.mentions
    assert [hit.passage.text[a:b] for a, b in hit.highlights] == ["Ruth Aldane"]
    assert profile.mentioned == 1
    assert hit.passage.kind == "title"


def test_a_longer_name_is_no_mention_of_a_shorter_one(service):
    made = with_records(service, Person(900, "Ruth", ""))
    assert person(made, 900).mentions == ()


def test_a_view_held_by_that_name_is_theirs_and_no_mention(service):
    view = service.shelf.get(View, 2)
    made = with_records(service, replace(view, holder="Dr Tamsin Yarrol of the forum"))
    yarrol = id_of(service, "Tamsin Yarrol")
    assert [v.record.id for v in person(made, yarrol).views] == [2]
    assert person(service, yarrol).views == ()


def test_a_person_has_the_use_cases_of_their_organisation(service):
    lowen = person(service, id_of(service, "Marek Lowen"))
    assert [(c.use_case.name, c.in_heading) for c in lowen.use_cases] == [("TideLamp", True)]
    nolling = person(service, id_of(service, "Beata Nolling"))
    assert [(c.use_case.name, c.in_heading) for c in nolling.use_cases] == [("Kindly Nudge", False)]


# -- names


def test_a_name_is_found_whole_whatever_its_accents():
    assert names.mentions("José Núñez", "Jose Nunez and JOSÉ NÚÑEZ’s brother") == (
        (0, 10),
        (15, 25),
    )
    assert names.mentions("Ana Lobera", "Mariana Lobera, Ana Loberas") == ()


def test_a_name_of_one_word_is_no_common_word():
    assert names.mentions("SEP", "sep SEP Sep") == ((4, 7),)
    assert names.mentions("", "anything") == ()


# -- use cases


def test_a_use_case_has_its_results_passages_and_notes(service):
    cards = use_cases(service)
    assert [c.use_case.name for c in cards][:2] == ["TideLamp", "LongWake"]
    profile = use_case(service, cards[0].use_case.id)
    assert len(profile.results) == cards[0].results == 9
    assert [n.footnote.number for n in profile.notes] == ["8"]
    assert [h.passage.kind for h in profile.passages] == ["paragraph", "paragraph"]
    assert {s.place.hit.passage.id for s in profile.statistics} <= {
        h.passage.id for h in profile.passages
    }
    assert [c.name for c in profile.people] == ["Marek Lowen"]


# -- recommendations


def test_brief_and_full_form_are_one(service):
    (programme,) = recommendations(service)
    cards = [c for area in programme.areas for c in area.recommendations]
    assert [c.shown.number for c in cards] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert all(c.shown.form == "full" and c.brief.matches_id == c.shown.id for c in cards)
    assert [a.name for a in programme.areas] == [
        "Trust and governance",
        "Data and infrastructure",
        "Skills and fair access",
    ]
    gauges = cards[3]
    assert recommendation(service, gauges.brief.id) == recommendation(service, gauges.shown.id)


def test_a_brief_form_without_a_full_one_is_shown_itself(service):
    alone = replace(service.shelf.get(Recommendation, 4), id=900, matches_id=None, number="9")
    made = with_records(service, alone)
    areas = recommendations(made)[0].areas
    assert [c.shown.number for c in areas[1].recommendations] == ["4", "5", "9"]
    assert recommendation(made, 900).brief is None


def test_items_lead_to_their_recommendation_and_back(service):
    cards = [c for a in recommendations(service)[0].areas for c in a.recommendations]
    first = recommendation(service, cards[0].shown.id)
    assert [i.record.label for i in first.items] == ["a", "b", "c"]
    assert (first.actor, first.timeframe) == ("Ministry of Harbours", "by 2032")
    item = recommendation(service, first.items[0].record.id)
    assert item.parent.record == first.shown
    assert item.items == ()


def test_a_recommendation_has_the_notes_cited_in_it(service):
    cards = [c for a in recommendations(service)[0].areas for c in a.recommendations]
    (note,) = recommendation(service, cards[3].shown.id).notes
    assert note.footnote.number == "12"
    assert "12" in note.place.words


# -- nearest


def of(near):
    return (*near.quotes, *near.views, *near.use_cases, *near.statistics, *near.recommendations)


def test_nearest_never_holds_the_recommendation_itself(service):
    found = 0
    for row in service.shelf.all(Recommendation):
        profile = recommendation(service, row.id)
        own = {p.hit.passage.id for p in profile.passages}
        near = of(profile.near)
        found += len(near)
        assert own.isdisjoint(p for n in near for p in service.shelf.held_by(n.record))
        family = {profile.shown.id, *(i.record.id for i in profile.items)}
        family |= {profile.parent.record.id} if profile.parent else set()
        assert family.isdisjoint(n.record.id for n in profile.near.recommendations)
    assert found


def test_nearest_are_few_near_and_in_order(service):
    for row in service.shelf.all(UseCase):
        near = use_case(service, row.id).near
        for kind in (near.quotes, near.views, near.use_cases, near.statistics):
            cosines = [n.cosine for n in kind]
            assert len(cosines) <= MOST
            assert cosines == sorted(cosines, reverse=True)
            assert all(FLOOR <= c <= 1.0001 for c in cosines)
        assert row not in [n.record for n in near.use_cases]


def test_a_sentence_with_two_numbers_is_one_neighbour(service):
    for row in service.shelf.all(Recommendation):
        texts = [n.record.text for n in recommendation(service, row.id).near.statistics]
        assert len(texts) == len(set(texts))


@pytest.mark.model
def test_what_is_said_about_gauges_lies_near_their_recommendation(services):
    sample = services["sample"]
    gauges = next(r for r in sample.shelf.all(Recommendation) if "oldest tide" in r.title)
    near = recommendation(sample, gauges.id).near
    assert {n.record.speaker for n in near.quotes} == {"Ruth Aldane"}
    assert [n.record.name for n in near.use_cases] == ["TideLamp"]


@pytest.mark.model
def test_what_is_near_every_recommendation_is_shown_with_none(services):
    sample = services["sample"]
    register = next(r for r in sample.shelf.all(Recommendation) if "register" in r.title)
    near = recommendation(sample, register.id).near
    assert [n.record.speaker for n in near.quotes] == ["Edda Kinlock", "Sunniva Dray"]


# -- regions


def coast(service):
    """Two regions made by hand: only the first has a sector, only the second a ranking."""
    heading = service.shelf.searcher.sections[10]
    passage = passage_with(service, "One port agent argued")
    both = [
        Region(1, 1, heading.id, "Vessmark", "31,000", None, "Vessmark", 4, heading.spans),
        Region(2, 1, heading.id, "Dunholt", None, "7%", "Dunholt", 4, heading.spans),
    ]
    stated = [(1, "key_sector"), (1, "vision"), (2, "vision"), (2, "ranking")]
    facts = [
        RegionFact(id, region, 1, passage.id, kind, None, "shipping", None, 4, passage.spans)
        for id, (region, kind) in enumerate(stated, start=1)
    ]
    return with_records(service, *both, *facts)


def test_a_comparison_lists_a_kind_that_only_one_side_has(service):
    made = compare(coast(service), 1, 2)
    assert [(p.kind, len(p.left), len(p.right)) for p in made.kinds] == [
        ("key_sector", 1, 0),
        ("vision", 1, 1),
        ("ranking", 0, 1),
    ]
    assert (made.left.region.population, made.right.region.gdp_share) == ("31,000", "7%")


def test_a_region_has_its_people_and_what_names_it(service):
    made = region(coast(service), 1)
    assert len(made.participants) == 7
    assert [c.name for c in made.quoted] == [
        "Anselm Dovray",
        "Joss Wickmere",
        "Ruth Aldane",
        "Sunniva Dray",
    ]
    assert [u.record.name for u in made.use_cases] == ["QuayMinder"]
    naming = [(n.recommendation.number, n.recommendation.label) for n in made.recommendations]
    assert ("1", "c") in naming
    for each in made.recommendations:
        assert {each.hit.passage.text[a:b] for a, b in each.hit.highlights} == {"Vessmark"}


def test_regions_are_listed_with_their_counts(service):
    assert regions(service) == ()
    assert [c.counts for c in regions(coast(service))] == [
        (("key_sector", 1), ("vision", 1)),
        (("vision", 1), ("ranking", 1)),
    ]


# -- beside a passage


def test_a_passage_shows_the_records_that_came_from_it(service):
    passage = passage_with(service, "One port agent argued")
    (found,) = on_page(service, 1, [passage.id]).values()
    labels = {(f.table, f.label) for f in found}
    assert {("views", "One port agent"), ("views", "The union")} <= labels


def test_records_with_spans_only_are_found_where_they_begin(service):
    everything = on_page(service, 1, list(service.searcher.passages))
    found = [(f.table, f.id) for own in everything.values() for f in own]
    for kind in (UseCase, Recommendation, Statistic, Participant):
        wanted = sorted(r.id for r in service.shelf.all(kind) if r.document_id == 1)
        assert sorted(id for table, id in found if table == kind.table) == wanted


def test_a_discrepancy_stands_beside_both_of_its_places(service):
    made = with_records(
        service, Discrepancy(1, 1, "count", "Two, then three.", "two", "three", 7, 8, 2, 2)
    )
    found = on_page(made, 1, [7, 8])
    assert [[f.label for f in own if f.table == "discrepancies"] for own in found.values()] == [
        ["count"],
        ["count"],
    ]


def test_a_heading_comes_right_before_its_section(service):
    order = [p.id for p in service.shelf.in_order]
    heading = passage_with(service, "Case: Forecasting storm surges")
    first = passage_with(service, "TideLamp joins the readings")
    assert heading.kind == "heading"
    assert order.index(first.id) - order.index(heading.id) == 1


def test_passages_of_another_document_are_left_out(service):
    other = next(p.id for p in service.searcher.passages.values() if p.document_id == 2)
    assert on_page(service, 1, [other, NOBODY]) == {}


# -- nobody


def test_an_unknown_id_gives_none(service):
    assert person(service, NOBODY) is None
    assert use_case(service, NOBODY) is None
    assert recommendation(service, NOBODY) is None
    assert region(service, NOBODY) is None
    assert compare(coast(service), 1, NOBODY) is None
