"""Where every character of a document went."""

from ingest.coverage import share
from kb.records import Coverage, Document

PROSE = "The boats go out at four and come back when the tide allows, which is seldom before noon."
QUOTE = "“Mend the nets first, and sail when they are dry.”\n— Ada Moor, Netmaker, Salt Guild"


def rows(read, text):
    return [(r.kind, r.record_table, r.reason, r.text) for r in read(text, Coverage)]


def test_a_paragraph_is_a_passages(read):
    assert rows(read, f"{PROSE}\n") == [("record", "passages", None, PROSE)]


def test_a_quote_has_its_words_and_its_passage_the_rest(read):
    found = [(table, text) for _, table, _, text in rows(read, f"{PROSE}\n\n{QUOTE}\n")]
    assert ("quotes", "Mend the nets first, and sail when they are dry.") in found
    assert ("passages", "“ ” — Ada Moor, Netmaker, Salt Guild") in found


def test_a_heading_is_a_sections(read):
    found = rows(read, f"Report\n\n{PROSE}\n\nNets and knots\n\n{PROSE}\n")
    assert ("record", "sections", None, "Nets and knots") in found


def test_a_running_head_is_skipped_and_the_reason_is_given(read):
    page = "\n".join([PROSE] * 9)
    found = rows(read, f"{page}\n\nNets and knots | 1\n\f{page}\n\nNets and knots | 2\n")
    assert [r for r in found if r[0] == "skipped"] == [
        ("skipped", None, "running head or page number", "Nets and knots | 1"),
        ("skipped", None, "running head or page number", "Nets and knots | 2"),
    ]


def test_the_number_of_a_footnote_is_skipped_and_its_words_are_kept(read):
    found = rows(read, f"{PROSE}[1] So it is.\n\n[1] Pell (2029). Hulls.\n")
    assert ("skipped", None, "number of a footnote", "[1]") in found
    assert ("record", "footnotes", None, "Pell (2029). Hulls.") in found


def test_rows_are_in_reading_order(read):
    starts = [r.spans[0][0] for r in read(f"Report\n\n{PROSE}\n\n{QUOTE}\n", Coverage)]
    assert starts == sorted(starts)


def test_the_share_counts_characters_that_are_not_blank(read):
    (document,) = read("Boats are few.\n", Document)
    half = Coverage(1, 1, "record", None, "passages", None, "Boats", ((0, 6),))
    assert (share(document, [half]), share(document, [])) == (5 / 12, 0.0)
