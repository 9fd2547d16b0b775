"""Which side words take: only where they say so, tied to the subject."""

import pytest

from kb.stance import stance


@pytest.mark.parametrize(
    ("text", "language", "subject", "side", "cue"),
    [
        ("I support the trust.", "en", ["trust"], "for", "I support"),
        ("We do not support the trust.", "en", ["trust"], "against", "We do not support"),
        ("Nobody opposes the sensors.", "en", ["sensor"], "for", "Nobody opposes"),
        ("No one supports the trust.", "en", ["trust"], "against", "No one supports"),
        ("I’m strongly in favour of a trust.", "en", ["trust"], "for", "I’m strongly in favour of"),
        ("We are against the use of gauges.", "en", ["gauge"], "against", "We are against"),
        ("In practice, a trust is essential.", "en", ["trust"], "for", "is essential"),
        ("The trust is not necessary.", "en", ["trust"], "against", "is not necessary"),
        ("We are afraid of the sensors.", "en", ["sensors"], "against", "We are afraid of"),
        ("Estamos a favor de los pozos.", "es", ["pozo"], "for", "Estamos a favor de"),
        ("No estamos a favor del pozo.", "es", ["pozo"], "against", "No estamos a favor del"),
        ("Nos oponemos a los pozos.", "es", ["pozo"], "against", "Nos oponemos a"),
        ("Nadie rechaza los pozos.", "es", ["pozo"], "for", "Nadie rechaza"),
        ("El pozo es imprescindible.", "es", ["pozo"], "for", "es imprescindible"),
        ("No hace falta un pozo.", "es", ["pozo"], "against", "No hace falta"),
    ],
)
def test_words_that_take_a_side_are_shown_with_it(text, language, subject, side, cue):
    assert stance(text, language, subject) == (side, cue)
    assert cue in text


@pytest.mark.parametrize(
    ("text", "language", "subject"),
    [
        ("Should we support the trust?", "en", ["trust"]),
        ("They say that the trust is essential.", "en", ["trust"]),
        ("The committee opposes the trust.", "en", ["trust"]),
        ("I support the trust, but it is slow.", "en", ["trust"]),
        ("I support the trust if the port keeps its gauges.", "en", ["trust"]),
        ("I support the trust. I oppose the fines.", "en", ["trust"]),
        ("I support the port. The trust meets there.", "en", ["trust"]),
        ("I do not think that we need the trust.", "en", ["trust"]),
        ("We would have supported the trust.", "en", ["trust"]),
        ("We want the trust to go.", "en", ["trust"]),
        ("We want trust lawyers.", "en", ["trust"]),
        ("We ask for the trust to wait.", "en", ["trust"]),
        ("We recommend that the trust should pay.", "en", ["trust"]),
        ("We asked for four weeks’ notice.", "en", ["weeks"]),
        ("We need rules for the trust.", "en", ["trust"]),
        ("We support the abolition of the trust.", "en", ["trust"]),
        ("A lack of trust is dangerous.", "en", ["trust"]),
        ("We are worried about jobs.", "en", ["jobs"]),  # who worries about jobs wants them
        ("We are not afraid of the sensors.", "en", ["sensors"]),  # no praise either
        ("I need to know when she will arrive at the port.", "en", ["port"]),
        ("Apoyamos el pozo si es público.", "es", ["pozo"]),
        ("Sin el apoyo el pozo no sirve.", "es", ["pozo"]),
        ("Nos preocupa el empleo.", "es", ["empleo"]),
        ("", "en", ["trust"]),
        ("We support it.", "en", []),
    ],
)
def test_words_that_can_be_read_in_two_ways_take_no_side(text, language, subject):
    assert stance(text, language, subject) == ("other", "")


def test_a_view_takes_the_side_of_its_holder_alone():
    text = "Most tenants welcomed the sensors."
    assert stance(text, "en", ["sensors"], "Most tenants") == ("for", "welcomed")
    assert stance(text, "en", ["sensors"]) == ("other", "")
