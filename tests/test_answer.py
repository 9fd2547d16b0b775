import pytest

from kb.answer.compose import Knowledge, answer
from kb.question import read_question
from kb.records import Citation, Hit, Passage

VOCABULARY = {
    w: 1 for w in "boats nets harbour vessmark 2031 moor mend first cost crowns table".split()
}


def passage(text, **fields):
    base = {
        "id": 1, "document_id": 1, "section_id": None, "position": 0, "kind": "paragraph",
        "text": text,
        "clean": text, "context": "", "speaker": None, "language": "en", "page": 4, "spans": (),
    }  # fmt: skip
    return Passage(**{**base, **fields})


def hit(text, **fields):
    return Hit(passage(text, **fields), "Report on Boats", None, 1, 1.0, (), ())


def ask(text, hits, *, marks=(), roles=None, likeness=0.9, labels=()):
    words = [w.strip("?¿.,").lower() for w in text.split() if len(w) > 3]
    knowledge = Knowledge(
        10,
        VOCABULARY,
        lambda question, texts: [likeness] * len(texts),
        frozenset(labels),
        roles or {},
        {1: marks},
    )
    return answer(read_question(text, words), hits, knowledge)


def test_an_answer_is_a_sentence_of_the_document_with_its_place():
    found = ask("How many boats are in the harbour?", [hit("It rains. The harbour has 40 boats.")])
    assert found.text == "Report on Boats, p. 4: “The harbour has 40 boats.” [1]"
    assert found.citations[0].quote == "The harbour has 40 boats."


def test_an_opinion_keeps_its_holder_and_role():
    said = hit("“Mend the nets first.” — Ada Moor, Netmaker", kind="quote", speaker="Ada Moor")
    found = ask("What to mend first, boats or nets?", [said], roles={1: "Netmaker"})
    assert found.text.startswith("Ada Moor (Netmaker): “Mend the nets first.")


def test_a_spanish_question_frames_the_words_in_spanish_marks():
    found = ask("¿Cuántos boats hay en el harbour?", [hit("The harbour has 40 boats.")])
    assert found.language == "es"
    assert found.text == "Report on Boats, p. 4: «The harbour has 40 boats.» [1]"


def test_footnote_marks_and_broken_words_are_mended_in_the_answer_not_in_the_quote():
    text = "The long-\nterm cost of nets1 is 40 crowns."
    found = ask(
        "What do nets cost?", [hit(text)], marks=[(text.index("1 is"), text.index("1 is") + 1)]
    )
    assert "The long-term cost of nets is 40 crowns." in found.text
    assert found.citations[0].quote == text


@pytest.mark.parametrize(
    ("question", "options", "reason"),
    [
        ("Who is Zebulon Quist of the boats?", {}, "no_evidence"),
        ("What happened to the boats in 1874?", {}, "no_evidence"),
        ("Which boats does Table 9 list?", {"labels": [("table", "1")]}, "false_premise"),
        ("Where does quantum gravity come from?", {}, "off_subject"),
        ("How many boats are in the harbour?", {"likeness": 0.1}, "off_subject"),
        ("What percentage of boats sank?", {}, "no_evidence"),
        ("a" * 1001, {}, "too_long"),
        ("?", {}, "unreadable"),
    ],
)
def test_what_is_not_in_the_documents_is_declined_with_a_reason(question, options, reason):
    found = ask(question, [hit("The harbour of Vessmark has boats and nets.")], **options)
    assert (found.abstained, found.reason, found.citations) == (True, reason, ())
    assert found.hits


def test_a_refusal_names_what_is_missing():
    found = ask("Who is Zebulon Quist of the boats?", [hit("Boats.")])
    assert found.text == "The documents do not say. They nowhere mention Zebulon, Quist."


def test_a_citation_of_nothing_cannot_be_built():
    with pytest.raises(ValueError, match="citation 1 of passage 1 is empty"):
        Citation(1, hit("Boats."), 3, 3)
