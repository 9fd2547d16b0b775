"""Spanish and English: every text of the interface is in the catalogue, and pages show nothing of
ours but translated texts.
"""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.support import NullTranslations

import kb.web.language
from kb.language import CATALOGUES, LANGUAGES, Words, words_in
from kb.service import Service
from kb.web.serve import make_datasette

ROOT = Path(__file__).parents[1]
METHODS = [("kb/**.py", "python"), ("kb/web/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "mark": None, "say": None, "ngettext": (1, 2), "count": (1, 2)}
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
PAGES = [
    "/", "/-/ask", "/-/search", "/-/people", "/-/people/1", "/-/quotes", "/-/recommendations",
    "/-/recommendations/2", "/-/use-cases", "/-/use-cases/1", "/-/regions", "/-/tables",
    "/-/tables/table1", "/-/coverage", "/-/discrepancies", "/-/document/1", "/-/viewpoints",
    "/-/viewpoints?q=data", "/-/viewpoints?q=submarines", "/-/briefing",
    "/-/briefing?item=quote:1&item=table:1&item=recommendation:2",
    "/-/search?q=harbour", "/-/search?q=harbour&kind=quote", "/-/search?q=zzzz&kind=quote",
    "/-/people/999", "/-/search?q=a&_size=x",
    "/-/ask?q=" + quote("¿Cuántos participantes hay?"), "/-/ask?q=" + quote("¿Quién es Zeb Quist?"),
    "/-/ask?q=" + quote("¿Qué dijo Beata Nolling?") + "&seen=0-0",
]  # fmt: skip
# Names of formats and units, which are the same in every language.
SAME = re.compile(r"\b(?:SQL|CSV|JSON|CSL|DOCX|Markdown|PDF|XLSX|ms)\b|[\W\d_]+")


def texts():
    """Texts of the interface: singular and, if there is one, plural."""
    for _, _, message, _, _ in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        yield message if isinstance(message, tuple) else (message,)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_text_is_translated_with_the_same_places(language):
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = {m.id: m for m in read_po(file, locale=language) if m.id}
    known = {m.id[0] if isinstance(m.id, tuple) else m.id: m for m in catalogue.values()}
    for text, *_ in texts():
        said = known[text].string
        for one in said if isinstance(said, tuple) else (said,):
            assert one.strip(), text
            assert sorted(set(PLACE.findall(one))) == sorted(set(PLACE.findall(text))), text
        assert not known[text].fuzzy


def test_numbers_days_and_plurals_are_those_of_the_language():
    english, spanish = words_in("en"), words_in("es")
    assert (english.number(1234.5), spanish.number(12345.6)) == ("1,234.5", "12.345,6")
    assert words_in("es", "es_MX").number(1234.5) == "1,234.5"
    assert (english.day("2030-05-01T10:00"), spanish.day("2030-05-01")) == (
        "May 1, 2030",
        "1 de mayo de 2030",
    )
    assert spanish.count("%(n)s passage", "%(n)s passages", 1) == "1 pasaje"
    assert spanish.count("%(n)s passage", "%(n)s passages", 12345) == "12.345 pasajes"


class Marked(NullTranslations):
    """Puts each text of ours into brackets, so that what is not translated stands out."""

    def ugettext(self, message):
        return f"⟦{message}⟧"

    def ungettext(self, singular, plural, n):
        return f"⟦{singular if n == 1 else plural}⟧"


class Seen(HTMLParser):
    """Texts that stand in no element with a language of its own or marked as data."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        own = tag in ("script", "style", "svg", "title") or ("lang" in held and tag != "html")
        if tag not in ("meta", "link", "input", "br"):
            self.open.append((tag, own or held.get("translate") == "no"))
        if not any(is_own for _, is_own in self.open):
            self.texts += [held[n] for n in ("aria-label", "placeholder", "title") if held.get(n)]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not any(own for _, own in self.open):
            self.texts.append(data)


@pytest.fixture(scope="module")
def client(db, encoder):
    return make_datasette(db, Service.load(db, encoder)).client


@pytest.fixture
def marked(client, monkeypatch):
    monkeypatch.setattr(kb.web.language, "words_in", lambda *_: Words("es", Marked(), "es"))
    return client


@pytest.mark.parametrize("path", PAGES)
async def test_no_text_of_ours_is_left_untranslated(marked, path):
    seen = Seen()
    seen.feed((await marked.get(path)).text)
    inner = [re.sub("⟦[^⟦⟧]*⟧", " ", text) for text in seen.texts]  # one may stand in another
    left = [SAME.sub("", re.sub("⟦[^⟦⟧]*⟧", " ", text)) for text in inner]
    assert [text for text in left if text] == []


@pytest.mark.parametrize(
    ("headers", "cookies", "wanted"),
    [
        ({}, {}, "en"),
        ({"accept-language": "es-MX,es;q=0.9,en;q=0.8"}, {}, "es"),
        ({"accept-language": "fr,de"}, {}, "en"),
        ({"accept-language": "es"}, {"kb_lang": "en"}, "en"),
        ({}, {"kb_lang": "xx"}, "en"),
    ],
    ids=["none", "browser", "unknown", "switch", "broken cookie"],
)
async def test_the_language_is_the_switches_then_the_browsers(client, headers, cookies, wanted):
    html = (await client.get("/", headers=headers, cookies=cookies)).text
    assert f'<html lang="{wanted}">' in html


async def test_the_switch_keeps_the_language_and_goes_back(client):
    reply = await client.get("/-/language?to=es&back=/-/ask", follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (302, "/-/ask")
    assert "kb_lang=es" in reply.headers["set-cookie"]


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_the_switch_leads_to_no_other_site(client, back):
    reply = await client.get(f"/-/language?to=es&back={quote(back)}", follow_redirects=False)
    assert reply.status_code == 400


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("meaning 0.71", "similitud 0,71"),
        ("word by word 0.5", "palabra por palabra 0,5"),
        ("answers 0.83", "probabilidad de que responda 0,83"),
        ("words: nets", "palabras: nets"),
    ],
)
def test_why_a_hit_is_there_is_said_in_the_pages_language(reason, said):
    from kb.web.labels import why

    assert why(reason, words_in("es")) == said
