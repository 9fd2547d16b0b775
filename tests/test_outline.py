"""What nests in what."""

import pytest

from kb.records import Coverage, Document, Passage, Section

PROSE = "The boats go out at four and come back when the tide allows, which is seldom before noon."


def outline(read, *parts):
    """Headings and "." for a paragraph -> (level, path) of each section."""
    text = "\n\n".join(["Report", PROSE, *(PROSE if part == "." else part for part in parts)])
    return [(s.level, s.path) for s in read(f"{text}\n", Section)]


def test_a_heading_in_capitals_is_a_chapter(read):
    assert outline(read, "FISH", "Nets", ".", "Boats", ".", "TIDES", ".") == [
        (1, "FISH"),
        (2, "FISH > Nets"),
        (2, "FISH > Boats"),
        (1, "TIDES"),
    ]


@pytest.mark.parametrize("heading", ["USE CASES", "NEXT STEPS", "OUR AIMS"])
def test_a_chapter_in_capitals_may_have_short_words(read, heading):
    found = outline(read, "FISHERY", ".", "Nets", ".", heading, ".", "Boats", ".")
    assert found[2:] == [(1, heading), (2, f"{heading} > Boats")]


def test_numbered_headings_in_capitals_are_chapters(read):
    found = outline(read, "1 FISH", ".", "Nets", ".", "2 ALL OF IT: A LIST", ".", "3 TIDES", ".")
    assert [level for level, _ in found] == [1, 2, 1, 1]


def test_a_table_of_contents_is_no_passage(read):
    lines = "Fish ........ 3\nNets and boats ........ 4\nTides . . . . . . 12\n"
    records = read(f"Report\n\n{PROSE}\n\nContents\n\n{lines}\nFISH\n\n{PROSE}\n")
    assert not any("...." in r.text for r in records if isinstance(r, Passage))
    (skipped,) = [r for r in records if isinstance(r, Coverage) and r.reason == "table of contents"]
    assert skipped.text.startswith("Fish ........ 3")


def test_a_heading_last_on_a_page_that_has_one_at_its_top_stays_there(read):
    found = outline(read, f"\fANNEX A. NETS\n\n{PROSE}\n\nANNEX B. BOATS\n\f{PROSE}")
    assert [path for _, path in found] == ["ANNEX A. NETS", "ANNEX B. BOATS"]


def test_numbers_rank_to_any_depth(read):
    found = outline(read, "1. Fish", ".", "1.1 Nets", ".", "1.1.1 Knots", ".", "1.2 Boats", ".")
    assert [level for level, _ in found] == [1, 2, 3, 2]
    assert found[2] == (3, "1. Fish > 1.1 Nets > 1.1.1 Knots")


def test_a_second_heading_without_text_between_is_inside_the_first(read):
    assert outline(read, "FISH", ".", "Nets", "Knots", ".") == [
        (1, "FISH"),
        (2, "FISH > Nets"),
        (3, "FISH > Nets > Knots"),
    ]


def test_headings_that_recur_in_one_order_are_inside_those_that_do_not(read):
    profile = ("Key sectors", ".", "Vision", ".")
    found = outline(read, "FISH", ".", "Tarrow", ".", *profile, "Pelisand", ".", *profile)
    assert found[-3:] == [
        (2, "FISH > Pelisand"),
        (3, "FISH > Pelisand > Key sectors"),
        (3, "FISH > Pelisand > Vision"),
    ]
    # A lone one may be a heading like any other.
    lone = outline(read, "FISH", ".", "Nets", ".", "Costs", ".", "Boats", ".", "Costs", ".")
    assert {level for level, _ in lone[1:]} == {2}


def test_an_annex_closes_every_chapter(read):
    assert outline(read, "FISH", ".", "Nets", ".", "Annex A. People", ".")[-1] == (
        1,
        "Annex A. People",
    )


@pytest.mark.parametrize("heading", ["Ice", "Law", "AI", "ICE"])
def test_a_heading_may_be_as_short_as_an_acronym(read, heading):
    assert (1, heading) in outline(read, "Fishing", ".", heading, ".")


def test_the_first_heading_is_the_title_and_no_section(read):
    text = f"Nets and knots\n\n{PROSE}\n\nBoats\n\n{PROSE}\n"
    assert [d.title for d in read(text, Document)] == ["Nets and knots"]
    assert [s.heading for s in read(text, Section)] == ["Boats"]


def test_a_text_without_a_title_is_named_by_its_file(read):
    assert [d.title for d in read(f"{PROSE}\n", Document)] == ["paper"]


def test_parents_point_to_the_heading_above(read):
    text = f"Report\n\n{PROSE}\n\n1. Fish\n\n{PROSE}\n\n1.1 Nets\n\n{PROSE}\n"
    chapter, section = read(text, Section)
    assert (chapter.parent_id, section.parent_id) == (None, chapter.id)
