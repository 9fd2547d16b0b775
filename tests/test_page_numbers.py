"""Running heads and counted numbers, beyond the first promises in test_pages.py."""

import pytest

from ingest.pages import paginate


def page(name, count=9):
    """Lines of running text that name their page."""
    return "".join(
        f"Line {i} of page {name} tells of the lake and its ice.\n" for i in range(count)
    )


def numbers(text):
    return [p.number for p in paginate(text).pages]


def heads(text):
    return [[line.text for line in p.heads] for p in paginate(text).pages]


def beginnings(text):
    """The page that the first line with words of each page names."""
    first = [next(line.text for line in p.lines if line.text) for p in paginate(text).pages]
    return [line.split()[4] for line in first]


def test_the_blank_that_leads_a_page_is_no_indent():
    first = paginate(page("A") + " " + page("B") + " " + page("C")).pages[1].lines[0]
    assert (first.indent, first.starts_page) == (0, True)


def test_blanks_lead_no_pages_in_a_text_that_indents_its_lines():
    indented = "".join(f" {line}\n" for line in page("B").splitlines())
    assert beginnings(page("A") + indented) == ["A"]


def test_numbers_of_chapters_are_not_those_of_pages():
    text = "\f".join(
        f"{head}{page(n)}\n{n}\n"
        for n, head in enumerate(["", "CHAPTER 1\n\n", "", "CHAPTER 2\n\n", "", ""], start=1)
    )
    assert numbers(text) == [1, 2, 3, 4, 5, 6]
    assert heads(text)[1] == ["2"]


def test_titles_of_chapters_may_run_above_their_pages():
    titles = ["Ice", "The lake", "Ice", "Boats", "Nets", "Boats"]
    text = "\f".join(f"{title}   {n}\n\n{page(n)}" for n, title in enumerate(titles, start=7))
    assert numbers(text) == [7, 8, 9, 10, 11, 12]
    assert [line for own in heads(text) for line in own] == [
        f"{title}   {n}" for n, title in enumerate(titles, start=7)
    ]


def test_a_chapters_heading_is_not_its_running_head():
    text = "\f".join(
        f"{head}{page(n)}"
        for n, head in enumerate(
            ["", "The lake 2\n\n", "", "4  THE ICE\n\n", "The ice 5\n\n", "", "The ice 7\n\n"],
            start=1,
        )
    ).replace("4  THE ICE", f"{page(4)}\n4  THE ICE\n\n")
    assert "4  THE ICE" not in [line for own in heads(text) for line in own]


def test_a_line_drawn_above_notes_is_no_text():
    (only,) = paginate(f"{page('A')}\n______\n").pages
    assert [line.text for line in only.rules] == ["______"]
    assert all("___" not in line.text for line in only.lines)


def test_form_feeds_alone_count_where_there_are_any():
    assert beginnings(page("A") + " " + page("B") + "\f" + page("C")) == ["A", "C"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ice on the Lake | 4", "Ice on the Lake | 5"),
        ("4 Ice on the Lake", "5 Ice on the Lake"),
        ("Ice on the Lake 4", "ICE ON THE LAKE 5"),
        ("4", "5"),
    ],
    ids=["behind", "before", "capitals", "alone"],
)
def test_a_running_head_carries_the_number(first, second):
    assert numbers(f"{first}\n\n{page('A')}\f{second}\n\n{page('B')}") == [4, 5]


def test_a_running_head_leaves_a_blank_line():
    text = f"Ice on the Lake | 4\n\n{page('A')}\fIce on the Lake | 5\n\n{page('B')}"
    assert heads(text) == [["Ice on the Lake | 4"], ["Ice on the Lake | 5"]]
    assert paginate(text).pages[0].lines[0].is_blank


def test_running_heads_open_pages_where_no_form_feed_tells():
    text = f"Ice on the Lake 4\n\n{page('A')}\nIce on the Lake 5\n\n{page('B')}"
    assert (beginnings(text), numbers(text)) == (["A", "B"], [4, 5])


def test_a_head_without_a_number_is_taken_out_too():
    text = "\f".join(f"Ice on the Lake\n\n{page(name)}" for name in "ABC")
    assert heads(text) == [["Ice on the Lake"]] * 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Replies of 2031", "Replies of 2019"),
        ("4. Mend the old sluice", "5. Mend the old sluice"),
    ],
    ids=["falling numbers", "items"],
)
def test_lines_that_only_look_like_heads_stay_in_the_text(first, second):
    assert heads(f"{first}\n\n{page('A')}\f{second}\n\n{page('B')}") == [[], []]


def test_pages_before_between_and_behind_printed_numbers_are_counted():
    text = "\f".join([page("A"), page("B") + "\n4\n", page("C"), page("D") + "\n6\n", page("E")])
    assert numbers(text) == [3, 4, 5, 6, 7]


def test_there_is_no_page_before_the_first():
    text = "\f".join([page("A"), page("B"), page("C") + "\n2\n", page("D") + "\n3\n"])
    assert numbers(text) == [None, 1, 2, 3]


def test_the_shortest_page_is_the_one_that_is_dropped():
    middle = page("A") + " " + page("B", 3) + " " + page("C")
    text = f"Ice on the Lake 1\n\n{middle}\nIce on the Lake 3\n\n{page('D')}"
    assert (beginnings(text), numbers(text)) == (["A", "B", "D"], [1, 2, 3])


def test_every_character_with_words_is_on_a_page():
    text = f"Ice on the Lake 1\n\n{page('A')} {page('B')}\nIce on the Lake 2\n\n{page('C')}"
    kept = [line for p in paginate(text).pages for line in (*p.heads, *p.lines)]
    assert sum(len("".join(line.text.split())) for line in kept) == len("".join(text.split()))


@pytest.mark.parametrize("text", ["", "\n", "\f\f", " "], ids=["empty", "line", "feeds", "blank"])
def test_a_text_without_words_has_pages_without_words(text):
    assert all(line.is_blank for p in paginate(text).pages for line in p.lines)
