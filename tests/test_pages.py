from ingest.pages import paginate


def numbers(text):
    return [page.number for page in paginate(text).pages]


def page_of(first, count=9):
    return (
        first
        + "\n"
        + "".join(f"Line {word} of running text here.\n" for word in "abcdefghi"[:count])
    )


def test_a_form_feed_begins_a_page_and_a_foot_line_numbers_it():
    text = "Title\n\fone\n\nReport | 2\n\ftwo\n\nReport | 3\n"
    found = paginate(text)
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.basis == "inferred"
    assert [head.text for page in found.pages for head in page.heads] == [
        "Report | 2",
        "Report | 3",
    ]


def test_without_any_printed_number_no_page_has_one():
    found = paginate("one\n\ftwo\n")
    assert [page.number for page in found.pages] == [None, None]
    assert found.basis == "none"


def test_a_blank_led_line_under_another_line_begins_a_page():
    text = page_of("First page begins.") + page_of(" second page begins here.")
    assert len(paginate(text).pages) == 2


def test_an_indented_line_under_a_blank_line_begins_none():
    assert (
        len(paginate(page_of("First page.") + "\n Heading set in\n\n" + page_of("More.")).pages)
        == 1
    )


def test_the_wrap_of_a_numbered_heading_begins_no_page():
    text = (
        page_of("Text.")
        + "\n3. Create a council of all \n sectors (next year)\n\n"
        + page_of("Text.")
    )
    assert len(paginate(text).pages) == 1


def numbers_between(last: int, *pages: str) -> list[int | None]:
    """Page numbers of a first page printed as 7, the pages given, and a last page."""
    head = "A REPORT ON THE COAST {}\n"
    first = head.format(7) + "\n" + page_of("One.")
    return numbers(first + "".join(pages) + "\n\n" + head.format(last) + page_of("\nEnd."))


def test_pages_between_two_printed_numbers_are_counted():
    assert numbers_between(9, page_of(" Two starts.")) == [7, 8, 9]


def test_more_pages_than_the_printed_numbers_allow_are_joined_at_the_shortest():
    middle = (page_of(" Two starts."), " Figure of one line.\n", page_of(" Three starts."))
    assert numbers_between(10, *middle) == [7, 8, 9, 10]


def test_fewer_pages_than_the_printed_numbers_say_leave_the_gap_without_numbers():
    assert numbers_between(12, page_of(" Two starts.")) == [7, None, 12]


def test_a_reference_that_recurs_is_no_running_head():
    note = "4. Orrick (2030). Nets and Numbers: A Study of Coasts.\n"
    text = note + page_of("Text.") + "\n" + note.replace("4.", "9.") + page_of("\nText.")
    assert numbers(text) == [None]
