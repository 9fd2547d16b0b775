import pytest

from index.acronyms import TABLE, written_out


@pytest.mark.parametrize(
    ("name", "other"),
    [("AI", "artificial intelligence"), ("IA", "ai"), ("PhDs", "doctorate"), ("PIB", "gdp")],
)
def test_an_acronym_of_common_use_is_written_out(name, other):
    assert other in written_out(name)


@pytest.mark.parametrize("word", ["who", "Who", "it", "Brackwell"])
def test_a_word_is_no_acronym(word):
    assert written_out(word) == ()


def test_each_line_has_acronyms_and_full_names():
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        short, full = line.split("\t")
        assert short == short.lower()
        assert full.split()
