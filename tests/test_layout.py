from kb.records import Coverage, Passage, Section

PROSE = (
    "The boats go out at four and come back when the tide allows, which is seldom before noon.\n"
)


def passages(read, text):
    return [(p.kind, p.text) for p in read(text, Passage)]


def headings(read, text):
    return [s.path for s in read(text, Section)]


def test_wraps_are_undone_and_a_hyphen_break_is_kept(read):
    text = "We need a long-\nterm plan for every harbour on\nthe coast, and we need it soon.\n"
    assert passages(read, text) == [
        (
            "paragraph",
            "We need a long-\nterm plan for every harbour on the coast, and we need it soon.",
        )
    ]
    assert read(text, Passage)[0].clean.startswith("We need a long-term plan")


def test_a_paragraph_goes_on_over_a_page(read):
    text = (
        "First line of a paragraph that is long enough to be prose and\n"
        "\fgoes on over the page until it ends here.\n"
    )
    assert [text for _, text in passages(read, text)] == [
        "First line of a paragraph that is long enough to be prose and goes on over the page until "
        "it ends here."
    ]


def test_a_short_line_without_a_stop_above_prose_is_a_heading(read):
    assert headings(read, "Boats and tides\n\n" + PROSE + "\nNets and knots\n\n" + PROSE * 2) == [
        "Nets and knots"
    ]


def test_numbers_give_the_rank_of_headings(read):
    text = (
        f"1. Harbours\n\n1.1 Who owns them\n\n{PROSE}\n1.2 Who pays\n\n{PROSE}\n2. Boats\n\n{PROSE}"
    )
    assert headings(read, text) == [
        "1. Harbours",
        "1. Harbours > 1.1 Who owns them",
        "1. Harbours > 1.2 Who pays",
        "2. Boats",
    ]


def test_a_chapter_heading_that_came_out_last_on_its_page_is_raised(read):
    text = f"Report\n\f{PROSE}\nOur view\n\n{PROSE}\nHARBOURS AND BOATS\n\f{PROSE}"
    assert headings(read, text) == ["HARBOURS AND BOATS", "HARBOURS AND BOATS > Our view"]


def test_a_numbered_run_is_a_list_and_no_row_of_headings(read):
    text = f"{PROSE}\n1. Mend the nets\n2. Paint the boats\n3. Pay the crew\n\n{PROSE}"
    assert [kind for kind, _ in passages(read, text)] == [
        "paragraph",
        "list_item",
        "list_item",
        "list_item",
        "paragraph",
    ]


def test_a_table_takes_its_rows_and_its_source(read):
    rows = ["Table 1: Boats by harbour", "Harbour Boats", "North 12", "South 9", "Source: books"]
    text = "\n\n".join([PROSE, *rows, PROSE])
    assert (
        "table",
        "Table 1: Boats by harbour Harbour Boats North 12 South 9 Source: books",
    ) in passages(read, text)


def test_letters_torn_apart_are_skipped_and_the_values_of_the_chart_kept(read):
    scraps = "\n\n".join(["40", "30", "20", "10", "0", "No\nrt", "h", "So\nut", "h", "17 4 9 2"])
    text = f"Figure 1: Boats by harbour\n\n{PROSE}\n{scraps}\n"
    assert ("figure", "Figure 1: Boats by harbour 17 4 9 2") in passages(read, text)
    reasons = {row.reason for row in read(text, Coverage) if row.kind == "skipped"}
    assert reasons == {"letters and numbers of a drawing"}


def test_every_character_is_in_one_row_of_coverage(read):
    text = (
        f"Title of it\n\n{PROSE}\nFoot | 1\n\f“We mend nets.”\n— Ada Moor, Netmaker\n\nFoot | 2\n"
    )
    held = sorted(
        i
        for row in read(text, Coverage)
        for a, b in row.spans
        for i in range(a, b)
        if not text[i].isspace()
    )
    assert held == [i for i, c in enumerate(text) if not c.isspace()]
