import pytest

from index.itself import as_documents_say

THERE = {"report": 9, "commissioned": 1, "funded": 1, "developed": 1, "interviews": 2, "informe": 3,
         "financiado": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who ordered the study?", "Who commissioned the report?"),
        ("Who wrote this paper, and who paid for it?",
         "Who developed this report, and who funded for it?"),
        ("How many experts did the authors of the study talk to?",
         "How many experts did the authors of the report interviews to?"),
    ],
)  # fmt: skip
def test_a_question_on_a_documents_making_is_put_in_its_words(question, said):
    assert as_documents_say(question, "en", THERE) == said


def test_spanish_too():
    said = as_documents_say("¿Quién pagó el estudio?", "es", THERE)
    assert said == "¿Quién financiado el informe?"


@pytest.mark.parametrize(
    "question", ["Who paid for the quay?", "What does the report say?", "Who ordered the boats?"]
)
def test_other_questions_stay_as_they_are(question):
    assert as_documents_say(question, "en", THERE) == question


def test_words_that_the_documents_do_not_have_are_not_put():
    assert (
        as_documents_say("Who ordered the study?", "en", {"study": 2}) == "Who ordered the study?"
    )
