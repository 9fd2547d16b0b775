import pytest

from ingest.attribution import Attribution, is_name, read_attribution
from kb.records import Quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Moor: Head of Nets, Ministry of Tides.",
            ("Ada Moor", "Head of Nets", "Ministry of Tides"),
        ),
        (
            "— Ada Moor, Head of Nets, Ministry of Tides",
            ("Ada Moor", "Head of Nets", "Ministry of Tides"),
        ),
        ("Ada Moor (Head of Nets, Tides)", ("Ada Moor", "Head of Nets", "Tides")),
        (
            "Ada Moor, Head of Nets at the Net Guild",
            ("Ada Moor", "Head of Nets", "Net Guild"),
        ),
        ("Ada Moor: President of the Net Guild", ("Ada Moor", "President", "Net Guild")),
        (
            "DR. ADA MOOR, MEMBER OF THE GUILD, AND RESEARCHER IN THE SALT COLLEGE.",
            (
                "DR. ADA MOOR",
                "MEMBER OF THE GUILD, AND RESEARCHER IN THE SALT COLLEGE",
                "SALT COLLEGE",
            ),
        ),
    ],
)
def test_an_attribution_parts_into_name_role_and_organisation(text, expected):
    assert read_attribution(text) == Attribution(*expected)


@pytest.mark.parametrize("text", ["Ministry of Tides", "the crew", "Figure 3", "Head of Nets", ""])
def test_what_is_no_person_is_no_name(text):
    assert not is_name(text)


def said(read, text):
    return [(q.kind, q.speaker, q.role, q.organisation, q.text) for q in read(text, Quote)]


def test_a_quotation_set_apart_has_its_attribution_below(read):
    text = "“Mend the nets first.”\n— Ada Moor, Head of Nets, Ministry of Tides\n"
    assert said(read, text) == [
        ("pull", "Ada Moor", "Head of Nets", "Ministry of Tides", "Mend the nets first.")
    ]


def test_marks_and_capitals_that_a_designer_set_apart_are_put_together(read):
    words = "The sea gives and\nthe sea takes away.\n"
    text = f"{words}ADA MOOR, HEAD OF NETS, MINISTRY OF TIDES.\n\n“\n\n”\n"
    assert said(read, text) == [
        (
            "pull",
            "ADA MOOR",
            "HEAD OF NETS",
            "MINISTRY OF TIDES",
            "The sea gives and the sea takes away.",
        )
    ]


def test_a_quotation_inside_a_sentence_has_its_speaker_there(read):
    text = (
        "At the meeting nobody slept. Ada Moor, head of the Net Guild, told us that "
        "“the nets are older than the boats”. We agreed.\n"
    )
    assert said(read, text) == [
        ("inline", "Ada Moor", "head", "Net Guild", "the nets are older than the boats")
    ]


def test_a_term_in_quotation_marks_is_no_quote(read):
    assert (
        said(
            read,
            "What the ministry calls “a shared record of all boats” is a list of names kept by "
            "hand.\n",
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("Ana Ruiz, mayor of Pell, puts it so: “Nobody counts the boats.”", "Ana Ruiz", "mayor"),
        ("The mayor, Ana Ruiz, sees no harm: “Nobody counts the boats.”", "Ana Ruiz", None),
        ("Ana Ruiz saw it come: “Nobody counts the boats.”", "Ana Ruiz", None),
        ("According to Ana Ruiz, mayor of Pell, it rained. “Nobody counts the boats,” she said.",
         "Ana Ruiz", "mayor"),
        ("Ana Ruiz was there. It rained. “Nobody counts the boats,” said Ruiz.", "Ana Ruiz", None),
        ("\"Nobody counts the boats here,\" said Ana Ruiz, mayor of Pell.", "Ana Ruiz", "mayor"),
    ],
    ids=[
        "announced", "beside her post", "in a sentence", "the sentence before", "surname",
        "a paragraph of its own",
    ],
)  # fmt: skip
def test_who_is_named_near_a_quotation_says_it(read, text, speaker, role):
    (found,) = read(f"{text}\n", Quote)
    assert (found.speaker, found.role) == (speaker, role)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz met Leo Pell and both saw it: “Nobody counts the boats here.”",
        "The Port Office is clear on it: “Nobody counts the boats here.”",
        "Ana Ruiz and Eva Ruiz were there. “Nobody counts the boats here,” said Ruiz.",
    ],
    ids=["two people", "a body", "two of that name"],
)
def test_a_quotation_of_nobody_in_particular_is_none(read, text):
    assert read(f"{text}\n", Quote) == []
