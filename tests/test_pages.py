"""Which lines stand on which page, and what number the page carries in print."""

import pytest

from ingest.pages import paginate


def page(name: str, count: int = 9) -> str:
    """Lines of running text that name their page."""
    return "".join(
        f"Line {i} of page {name} tells of the lake and its ice.\n" for i in range(count)
    )


def numbers(text: str) -> list[int | None]:
    return [p.number for p in paginate(text).pages]


def beginnings(text: str) -> list[str]:
    """The page that the first line with words of each page names."""
    first = [next(line.text for line in p.lines if line.text) for p in paginate(text).pages]
    return [line.split()[4] for line in first]


def test_a_page_begins_at_a_form_feed():
    assert beginnings(page("A") + "\f" + page("B") + "\f" + page("C")) == ["A", "B", "C"]


def test_a_page_begins_at_a_line_that_is_led_by_a_blank():
    assert beginnings(page("A") + " " + page("B") + " " + page("C")) == ["A", "B", "C"]


def test_the_blank_that_leads_a_page_is_no_indent():
    first = paginate(page("A") + " " + page("B") + " " + page("C")).pages[1].lines[0]
    assert (first.indent, first.starts_page) == (0, True)


def test_a_blank_led_line_under_a_blank_line_starts_no_page():
    assert beginnings(page("A") + "\n " + page("B")) == ["A"]


def test_blanks_lead_no_pages_in_a_text_that_indents_its_lines():
    indented = "".join(f" {line}\n" for line in page("B").splitlines())
    assert beginnings(page("A") + indented) == ["A"]


def test_form_feeds_alone_count_where_there_are_any():
    assert beginnings(page("A") + " " + page("B") + "\f" + page("C")) == ["A", "C"]


def test_numbers_are_those_in_print():
    text = page("A") + "\n7\n\f" + page("B") + "\n8\n\f" + page("C") + "\n9\n"
    assert numbers(text) == [7, 8, 9]
    assert paginate(text).basis == "printed"


@pytest.mark.xfail(strict=True, reason="the example in paginate's docstring gets no numbers")
def test_numbers_are_found_on_pages_of_a_line():
    assert numbers("a\n2\n\fb\n3\n\fc") == [2, 3, 4]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ice on the Lake | 4", "Ice on the Lake | 5"),
        ("4 Ice on the Lake", "5 Ice on the Lake"),
        ("Ice on the Lake 4", "ICE ON THE LAKE 5"),
    ],
    ids=["behind", "before", "capitals"],
)
def test_a_running_head_carries_the_number(first, second):
    assert numbers(f"{first}\n\n{page('A')}\f{second}\n\n{page('B')}") == [4, 5]


def test_a_running_head_is_taken_out_of_the_page():
    text = f"Ice on the Lake | 4\n\n{page('A', 8)}\fIce on the Lake | 5\n\n{page('B')}"
    first = paginate(text).pages[0]
    assert [line.text for line in first.heads] == ["Ice on the Lake | 4"]
    assert (first.lines[0].text, len(first.lines)) == ("", 10)


def test_running_heads_open_pages_where_no_form_feed_tells():
    text = f"Ice on the Lake 4\n\n{page('A')}\nIce on the Lake 5\n\n{page('B')}"
    assert (beginnings(text), numbers(text)) == (["A", "B"], [4, 5])


def test_a_head_without_a_number_is_taken_out_too():
    text = "\f".join(f"Ice on the Lake\n\n{page(name)}" for name in "ABC")
    assert [[line.text for line in p.heads] for p in paginate(text).pages] == [
        ["Ice on the Lake"]
    ] * 3
    assert paginate(text).basis == "none"


def test_lines_that_repeat_with_falling_numbers_are_no_heads():
    text = f"Replies of 2031\n\n{page('A')}\fReplies of 2019\n\n{page('B')}"
    assert [p.heads for p in paginate(text).pages] == [(), ()]


def test_items_of_a_numbered_list_are_no_heads():
    text = f"4. Mend the old sluice\n\n{page('A')}\f5. Mend the old sluice\n\n{page('B')}"
    assert [p.heads for p in paginate(text).pages] == [(), ()]


def test_pages_without_a_printed_number_are_counted():
    text = "\f".join([page("A"), page("B") + "\n4\n", page("C"), page("D") + "\n6\n", page("E")])
    assert numbers(text) == [3, 4, 5, 6, 7]
    assert paginate(text).basis == "inferred"


def test_pages_that_cannot_be_counted_get_no_number():
    text = "\f".join([page("A") + "\n4\n", page("B"), page("C"), page("D") + "\n6\n"])
    assert numbers(text) == [4, None, None, 6]


def test_pages_before_the_first_get_no_number():
    text = "\f".join([page("A"), page("B"), page("C") + "\n2\n", page("D") + "\n3\n"])
    assert numbers(text) == [None, 1, 2, 3]


def test_no_printed_number_no_guess():
    assert numbers(page("A") + "\f" + page("B")) == [None, None]
    assert paginate(page("A") + "\f" + page("B")).basis == "none"


def test_the_shortest_page_is_dropped_where_printed_numbers_allow_fewer():
    text = "\n".join(
        [
            "Ice on the Lake 1\n",
            page("A") + " " + page("B", 3) + " " + page("C"),
            "Ice on the Lake 3\n",
            page("D"),
        ]
    )
    assert (beginnings(text), numbers(text)) == (["A", "B", "D"], [1, 2, 3])


def test_a_page_start_that_was_dropped_leaves_a_gap():
    text = "\n".join(
        ["Ice on the Lake 1\n", page("A") + " " + page("B", 3), "Ice on the Lake 2\n", page("C")]
    )
    lines = paginate(text).pages[0].lines
    assert [line.text.split()[4] for line in lines if line.follows_gap] == ["B"]


def test_every_character_with_words_is_on_a_page():
    text = "Ice on the Lake 1\n\n" + page("A") + " " + page("B")
    kept = [line.text for p in paginate(text).pages for line in (*p.heads, *p.lines)]
    assert "".join("".join(kept).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["", "\n", "\f\f", " "], ids=["empty", "line", "feeds", "blank"])
def test_a_text_without_words_has_pages_without_words(text):
    assert all(line.is_blank for p in paginate(text).pages for line in p.lines)
