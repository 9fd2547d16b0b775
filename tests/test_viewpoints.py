"""Who said what on a subject: people are counted once, groups never as people, silence is named."""

import pytest

from index.make import index_maker
from ingest.build import build
from kb.belonging import named_sectors
from kb.records import Quote
from kb.service import Service
from kb.viewpoints import share_of, viewpoints

SOURCE = """MILL REPORT

1. Heard

The town heard many people on the ferry and on other things.

“We support the ferry. It brings the children to school.”
— Ann Lee, Head, Mill School

A second meeting was held in the evening, and the hall was full again.

“We do not want the ferry. My nets hang where it would land.”
— Bo Ray, Skipper, Net Office

“The bakery opens at five, and no one is awake to buy bread.”
— Cy Fox, Baker, Oven House

Ann Lee, head of Mill School, said: “It brings the children to school.”

Some academics welcomed the ferry. Several residents asked for the ferry to wait.

Annex A. List of participants

Name      Position   Organisation   Sector     Region
Ann Lee   Head       Mill School    Academia   North
Bo Ray    Skipper    Net Office     Industry   South
Cy Fox    Baker      Oven House     Industry   North
Di Oak    Clerk      Town Hall      Government   East
"""


@pytest.fixture(scope="module")
def mill(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("mill")
    (folder / "mill.txt").write_text(SOURCE, encoding="utf-8")
    build([folder / "mill.txt"], folder / "kb.db", index_maker(encoder), encoder.sha256)
    return Service.load(folder / "kb.db", encoder)


def names(groups):
    return [group.name for group in groups]


def test_views_for_and_against_are_kept_apart_with_the_words_that_say_so(mill):
    found = viewpoints(mill, "the ferry")
    assert [(v.holder, v.cue) for v in found.of_stance("for")] == [
        ("Ann Lee", "We support"),
        ("Some academics", "welcomed"),
    ]
    assert [(v.holder, v.cue) for v in found.of_stance("against")] == [("Bo Ray", "We do not want")]
    assert [v.holder for v in found.of_stance("other")] == ["Several residents"]


def test_a_voice_shows_the_words_of_its_passage(mill):
    for voice in viewpoints(mill, "the ferry").voices:
        assert voice.words == voice.record.text
        assert voice.cue in voice.words


def test_what_nobody_said_of_the_subject_is_not_put_in_their_mouth(mill):
    assert "Cy Fox" not in {v.holder for v in viewpoints(mill, "the ferry").voices}


def test_people_are_counted_and_the_view_of_a_group_is_no_person(mill):
    found = viewpoints(mill, "the ferry")
    assert (len(found.voices), found.quoted, found.all_quoted) == (4, 2, 3)
    counts = [(g.name, len(g.voices), g.quoted, g.people, g.participants) for g in found.sectors]
    assert counts == [("Academia", 2, 1, 1, 1), ("Industry", 1, 1, 2, 2), ("", 1, 0, 0, 0)]
    counts = [(g.name, len(g.voices), g.quoted, g.people, g.participants) for g in found.regions]
    assert counts == [("North", 1, 1, 2, 2), ("South", 1, 1, 1, 1), ("", 2, 0, 0, 0)]


def test_groups_from_whom_nothing_is_on_record_are_named(mill):
    found = viewpoints(mill, "the ferry")
    assert (names(found.silent_sectors), names(found.silent_regions)) == (["Government"], ["East"])


def test_a_subject_in_spanish_finds_what_was_said_in_english(mill):
    assert viewpoints(mill, "el transbordador").quoted == 2


@pytest.mark.parametrize("subject", ["submarines", "", "  ", "of the", "¿?", "🐟", "x" * 5000])
def test_where_nobody_spoke_of_it_every_group_is_silent(mill, subject):
    found = viewpoints(mill, subject)
    assert (found.voices, found.sectors, found.regions, found.quoted) == ((), (), (), 0)
    assert names(found.silent_sectors) == ["Academia", "Government", "Industry"]
    assert names(found.silent_regions) == ["East", "North", "South"]


def test_words_that_are_quoted_twice_are_one_voice(mill):
    said = [q.text for q in mill.searcher.store.all(Quote) if q.speaker == "Ann Lee"]
    assert len(said) == 2
    (voice,) = viewpoints(mill, "school children").voices
    assert voice.record.text == max(said, key=len)


@pytest.mark.model
@pytest.mark.parametrize("subject", ["gauges", "flood warning", "prices", "herring", "la pesca"])
def test_groups_of_the_sample_add_up(services, subject):
    found = viewpoints(services["sample"], subject)
    assert found.voices
    assert found.all_quoted == 10
    for groups, silent in (
        (found.sectors, found.silent_sectors),
        (found.regions, found.silent_regions),
    ):
        assert {v for g in groups for v in g.voices} == set(found.voices)
        assert sum(g.quoted for g in groups) == found.quoted  # nobody there has two sectors
        assert all(g.quoted <= g.people for g in groups)
        assert not {g.name for g in groups} & {g.name for g in silent}
        assert all(g.participants and not g.voices for g in silent)
    named = {g.name for g in (*found.sectors, *found.silent_sectors)} - {""}
    assert named == {"Government", "Fisheries", "Industry", "Academia", "Civil society"}


@pytest.mark.parametrize(
    ("holder", "sectors"),
    [
        ("Some academics", ("Academia",)),
        ("Several fishers", ("Fisheries",)),
        ("Most start-ups", ("Start-up",)),
        ("Academics and the Government", ()),  # whose view it is, the words do not tell
        ("Many interviewees", ()),
        ("Insurers", ()),
    ],
)
def test_a_holder_belongs_to_a_sector_only_if_the_words_name_it(holder, sectors):
    known = ["Academia", "Fisheries", "Government", "Industry", "Start-up"]
    assert named_sectors(holder, known) == sectors


@pytest.mark.parametrize(
    ("n", "total", "said"),
    [
        (2, 9, "2 of 9"),
        (0, 0, "0 of 0"),
        (9, 9, "9 of 9"),
        (5, 10, "5 of 10 (50%)"),
        (6, 24, "6 of 24 (25%)"),
    ],
)
def test_a_share_of_fewer_than_ten_is_no_percentage(n, total, said):
    assert share_of(n, total, str) == said


def test_a_share_is_said_in_the_readers_language():
    assert share_of(2, 9, {"{n} of {total}": "{n} de {total}"}.__getitem__) == "2 de 9"


@pytest.mark.model
def test_who_only_used_the_word_is_neither_heard_nor_silent(services):
    found = viewpoints(services["sample"], "schools")
    (mention,) = found.mentions
    assert "before I left school" in mention.words
    assert (mention.stance, mention.cue, found.voices, found.quoted) == ("other", "", (), 0)
    (group,) = found.sectors
    assert (group.name, group.voices, group.quoted) == ("Government", (), 0)
    assert group.mentions == (mention,)
    assert "Government" not in names(found.silent_sectors)


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "subject", "holders"),
    [
        ("sample", "herring", ["Ursel Mathering"]),
        ("sample", "schools", []),  # one left school long ago
        ("sample", "catch records", []),  # only the heading above them says so
        ("sample", "horses", []),  # are no houses
        ("sample", "nurses and doctors", ["Beata Nolling"]),
        ("sample", "fishing boats tracking box", ["Several fishers"]),
        ("sample", "la pesca", ["Ruth Aldane", "Ursel Mathering"]),
        ("brackwell", "sensores", ["Most respondents", "Many tenants", "Walter Ogg"]),
        ("brackwell", "gardeners", []),  # one holds a view, on something else
        ("aldera", "drought", ["Celia Orduña"]),
        ("aldera", "sequía", ["Celia Orduña"]),
        ("aldera", "precio del contador", ["Varios agricultores"]),
        ("aldera", "autobuses", []),
    ],
)
def test_only_who_spoke_of_the_subject_is_heard(name, subject, holders, services):
    assert [v.holder for v in viewpoints(services[name], subject).voices] == holders
