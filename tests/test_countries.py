import pytest

from index.countries import TABLE, also_called


@pytest.mark.parametrize(
    ("name", "other"),
    [("Paris", "france"), ("French", "france"), ("Alemania", "germany"), ("US", "american"),
     ("New Delhi", "india"), ("France’s", "french")],
)  # fmt: skip
def test_a_country_goes_by_its_other_names(name, other):
    assert other in also_called(name)


def test_a_country_is_not_called_by_its_capital():
    assert "paris" not in also_called("France")


def test_what_is_no_country_has_no_other_name():
    assert also_called("Brackwell") == ()


def test_each_name_means_one_country():
    names = [
        name
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        for name in set(line.split())
    ]
    assert [name for name in names if names.count(name) > 1] == []
