"""The kinds of thing that questions ask for, in texts of any country."""

import pytest

from kb.answer.wanted import KINDS


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "Each grower paid 240 drennocks a year into the fund."),
        ("money", "The grant was 3,500 marks."),
        ("money", "Se pagaron ochenta coronas."),
        ("duration", "The pilot ran for seventeen weeks."),
        ("duration", "Duró un año y medio."),
        ("number", "Twenty-three boats were moored."),
        ("number", "Hay veintidós barcos."),
        ("percent", "Two out of every five boats leak."),
        ("percent", "Una de cada tres barcas hace agua."),
        ("time", "The bridge opened last spring."),
        ("time", "Se reúnen cada jueves."),
        ("time", "It closes at 9 p.m."),
        ("year", "It was built in 1911."),
        ("place", "The boats come from Vessmark."),
        ("who", "The regional health board decides."),
        ("who", "Lo decide la junta del puerto."),
    ],
)
def test_a_text_holds_the_kind_of_thing(kind, text):
    assert KINDS[kind].search(text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "The harbour has 40 boats."),
        ("money", "The lowest-earning 80% live by the harbour."),
        ("duration", "The harbour has 40 boats."),
        ("number", "Boats are moored in the harbour."),
        ("percent", "The harbour has 40 boats."),
        ("time", "The boats are moored in the harbour."),
        ("who", "The nets hang on the wall."),
        ("place", "The boats come from the north."),
        ("duration", "The boats are mended twice a year."),
    ],
)
def test_a_text_holds_no_such_thing(kind, text):
    assert not KINDS[kind].search(text)
