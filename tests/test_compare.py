"""Two names side by side."""

import pytest

from kb.answer.compare import sides
from kb.question import read_question


def read(text, language="en"):
    return read_question(text, [], language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Compare the nets of Ostra and Pell.", "en", ("the nets of Ostra.", "the nets of Pell.")),
        ("Has Ostra or Pell more nets?", "en", ("Has Ostra more nets?", "Has Pell more nets?")),
        (
            "How do Ostra and Pell compare in the Fishery Index?",
            "en",
            (
                "What place does Ostra take in the Fishery Index?",
                "What place does Pell take in the Fishery Index?",
            ),
        ),
        (
            "¿Quién está mejor en el índice de pesca, Ostra o Pell?",
            "es",
            ("¿Qué lugar ocupa Ostra en el índice de pesca?",
             "¿Qué lugar ocupa Pell en el índice de pesca?"),
        ),
        ("What do Ostra and Pell have in common?", "en", ()),
        ("Compare nets and boats.", "en", ()),
    ],
)  # fmt: skip
def test_a_comparison_is_asked_for_each_side(text, language, expected):
    assert sides(read(text, language)) == expected


@pytest.mark.model
def test_both_sides_are_quoted_each_with_its_name(services):
    given = services["sample"].ask("Compare Ruth Aldane and Beata Nolling on data")
    first, second = (claim.text for claim in given.claims[:2])
    assert ("Aldane" in first) != ("Aldane" in second)
    assert ("Nolling" in first) != ("Nolling" in second)
    assert [c.number for c in given.citations] == list(range(1, len(given.citations) + 1))


@pytest.mark.model
def test_a_side_of_which_nothing_is_known_leaves_the_whole_answer(services):
    alone = services["sample"].ask("Compare Pell and Xanadu in fishing")
    assert alone.abstained and "Xanadu" in alone.text
