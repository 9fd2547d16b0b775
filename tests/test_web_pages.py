"""The pages for people: start, records, viewpoints, briefing, and the frame of Datasette's own."""

import csv
import io
import re
from html import unescape
from urllib.parse import quote, unquote

import docx
import pytest
from rich.pretty import pretty_repr

from kb.question import is_question
from kb.records import Person, Quote, Recommendation
from kb.service import Service
from kb.store import Store
from kb.web.basket import Basket, changed
from kb.web.journal import keep_journal
from kb.web.serve import make_datasette


@pytest.fixture(scope="module")
def client(db, encoder):
    return make_datasette(db, Service.load(db, encoder)).client


@pytest.fixture(scope="module")
def rows(db):
    return Store.open(db)


async def page(client, path, **more):
    reply = await client.get(path, **more)
    assert reply.status_code == 200, path
    return unescape(reply.text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who runs the port?", True), ("who runs the port", True), ("¿Quién lo dirige?", True),
        ("cuantos barcos hay", True), ("list the participants", True), ("open data", False),
        ("datos abiertos", False), ("whose", False), ("Ruth Aldane", False), ("", False),
    ],
)  # fmt: skip
def test_a_question_is_told_from_words_to_look_for(text, asks):
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("text", "leads_to"), [("Who runs the port?", "/-/ask?q="), ("open data", "/-/search?q=")]
)
async def test_the_one_box_leads_on_and_each_page_lets_one_switch(client, text, leads_to):
    reply = await client.get(f"/-/find?q={quote(text)}", follow_redirects=False)
    assert reply.headers["location"].startswith(leads_to)
    other = {"/-/ask?q=": "/-/search?q=", "/-/search?q=": "/-/ask?q="}[leads_to]
    assert f'href="{other}' in await page(client, reply.headers["location"])


async def test_the_start_page_counts_what_is_behind_each_door(client, rows):
    html = await page(client, "/")
    people = len(rows.all(Person))
    assert re.search(rf'href="/-/people"><b>{people}</b> People', html)
    asked = re.search(r"What did (.+?) say\?", html)[1]
    assert rows.all(Quote, "speaker = ?", (asked,))
    assert "100 % of the text is accounted for" in html


async def test_examples_in_another_language_than_the_pages_are_left_out(client):
    html = await page(client, "/", headers={"accept-language": "es"})
    assert "¿Qué dijo" in html
    assert "¿Qué se recomienda sobre" not in html


async def test_a_search_as_csv_holds_what_the_page_shows(client):
    data = (await client.get("/-/search.json?q=harbour&_size=4&kind=quote")).json()
    reply = await client.get("/-/search.csv?q=harbour&_size=4&kind=quote")
    table = list(csv.DictReader(io.StringIO(reply.text)))
    assert [row["text"] for row in table] == [hit["text"] for hit in data["hits"]]
    assert reply.headers["content-type"].startswith("text/csv")


async def test_two_facets_together_narrow_further_and_can_be_lifted(client):
    html = await page(
        client,
        "/-/search?q=harbour&kind=quote&document="
        + quote("Sharing Data on the Coast: Report of the Public Consultation"),
    )
    lifts = re.findall(r'class="kb-set">(.*?)</p>', html, re.DOTALL)[0]
    assert "Kind: quotation" in lifts
    assert 'href="?q=harbour&document=' in lifts


async def test_a_search_that_finds_nothing_says_what_to_try(client):
    html = await page(client, "/-/search?q=harbour&kind=none")
    assert "Nothing was found" in html
    assert "Remove a filter above." in html


async def test_a_person_has_everything_they_said_once(client, rows):
    quotes = [q for q in rows.all(Quote, "kind <> 'turn'") if q.person_id]
    for quote_ in quotes:
        html = await page(client, f"/-/people/{quote_.person_id}")
        assert html.count(f'<blockquote lang="en">{quote_.text}</blockquote>') == 1
        assert quote_.speaker in html


async def test_a_person_without_words_on_record_is_said_to_have_none(client, rows):
    quoted = {q.person_id for q in rows.all(Quote)}
    silent = next(p for p in rows.all(Person) if p.id not in quoted)
    html = await page(client, f"/-/people/{silent.id}")
    assert "No words of theirs are on record here." in html


async def test_people_are_narrowed_by_sector_as_the_table_is(client, rows):
    html = await page(client, "/-/people?sector=Fisheries")
    cards = re.findall(r'href="/-/people/(\d+)"', html)
    listed = rows.rows(
        "select distinct person_id from participants where sector like '%Fisheries%'"
    )
    assert {int(id) for id in cards} == {row[0] for row in listed}


async def test_a_recommendation_shows_its_items_and_says_that_near_is_no_support(client, rows):
    parent = next(r for r in rows.all(Recommendation) if r.label).parent_id
    html = await page(client, f"/-/recommendations/{parent}")
    for item in rows.all(Recommendation, "parent_id = ?", (parent,)):
        assert item.title in html
    assert "Near in meaning" not in html or "near is no support" in html


@pytest.mark.parametrize("kind", ["people", "use-cases", "recommendations", "regions", "document"])
async def test_a_record_that_is_not_there_is_a_404(client, kind):
    reply = await client.get(f"/-/{kind}/9999")
    assert reply.status_code == 404
    assert "There is nothing with the number 9999 here." in reply.text


async def test_a_permanent_link_says_whether_the_sources_have_changed(client):
    first = await page(client, "/-/ask?q=" + quote("What did Beata Nolling say?"))
    link = re.search(r'href="(/-/ask\?[^"]*seen=[^"]*)"', first)[1]
    assert "The sources are those of the day this link was made." in await page(client, link)
    other = re.sub(r"seen=\w+", "seen=0123456789", link)
    assert "have changed since this link was made; the answer is the same" in await page(
        client, other
    )
    other = re.sub(r"seen=.*", "seen=0-0", link)
    assert "and so has the answer" in await page(client, other)


async def test_viewpoints_name_the_groups_that_are_silent(client, rows):
    html = await page(client, "/-/viewpoints?q=" + quote(rows.get(Quote, 1).text))
    assert re.search(r"<b>\d+ of \d+[^<]* quoted people speak of it\.</b>", html)
    assert "Nothing was found on this subject, in these or near words, from" in html


async def test_a_subject_nobody_spoke_of_has_no_voices(client):
    assert "Nobody is on record on this subject" in await page(client, "/-/viewpoints?q=tulips")


async def test_what_is_added_goes_home_as_a_file_with_the_very_words(client, rows):
    first = rows.all(Quote, "kind <> 'turn'")[0]
    reply = await client.post(
        "/-/briefing",
        data={"add": f"quote:{first.id}", "back": "/-/quotes"},
        follow_redirects=False,
    )
    assert (reply.status_code, reply.headers["location"]) == (303, "/-/quotes")
    kept = {"kb_briefing": unquote(reply.cookies["kb_briefing"])}
    html = await page(
        client, "/-/briefing", cookies={"kb_briefing": quote(kept["kb_briefing"], safe="")}
    )
    assert first.text in html
    body = (await client.get(f"/-/briefing.docx?item=quote:{first.id}")).content
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(body)).paragraphs)
    assert first.text in words
    assert first.speaker in words


async def test_a_briefing_of_other_sources_says_so(client):
    html = await page(client, "/-/briefing?item=quote:1&seen=0000000000")
    assert "The sources have changed since this briefing was begun" in html


async def test_an_item_that_is_not_there_is_named_and_the_others_stand(client, rows):
    html = await page(client, "/-/briefing?item=quote:1&item=quote:9999")
    assert rows.get(Quote, 1).text in html
    assert "quote:9999" in html


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}],
    ids=["fetch metadata", "origin"],
)
async def test_a_form_of_another_site_changes_no_briefing(client, headers):
    reply = await client.post("/-/briefing", data={"clear": "all"}, headers=headers)
    assert reply.status_code == 403
    assert "kb_briefing" not in reply.cookies


@pytest.mark.parametrize(
    ("act", "item", "items"),
    [
        ("add", "d", "abcd"), ("add", "b", "abc"), ("remove", "b", "ac"), ("remove", "z", "abc"),
        ("up", "b", "bac"), ("up", "a", "abc"), ("down", "a", "bac"), ("down", "c", "abc"),
        ("clear", "", ""),
    ],
)  # fmt: skip
def test_a_briefing_is_put_in_order(act, item, items):
    assert changed(Basket("x", tuple("abc")), act, item).items == tuple(items)


async def test_a_briefing_too_large_for_a_browser_is_refused_and_nothing_is_lost(client):
    full = "x\n" + "\n".join(f"quote:{n}" for n in range(300))
    reply = await client.post(
        "/-/briefing", data={"add": "quote:999"}, cookies={"kb_briefing": quote(full, safe="")}
    )
    assert reply.status_code == 400
    assert "more than a browser keeps" in reply.text
    assert "kb_briefing" not in reply.cookies


async def test_nothing_is_logged_unless_the_operator_says_so(db, encoder, tmp_path):
    datasette = make_datasette(db, Service.load(db, encoder))
    assert "Nothing you ask is logged." in await page(datasette.client, "/-/ask")
    keep_journal(datasette, tmp_path / "log.jsonl")
    html = await page(datasette.client, "/-/ask?q=" + quote("Who runs Zanzibar?"))
    assert "Questions are logged by the operator of this site." in html
    line = (tmp_path / "log.jsonl").read_text()
    assert '"question": "Who runs Zanzibar?", "outcome": "no_evidence"' in line


@pytest.mark.parametrize(
    "path", ["/kb", "/kb/quotes", "/kb/quotes/1", "/kb?sql=select+1", "/kb/who_said_what?speaker="]
)
async def test_datasettes_own_pages_carry_the_frame(client, path):
    html = await page(client, path, follow_redirects=True)
    assert 'action="/-/find"' in html
    assert "Stakeholder knowledge base" in html


async def test_a_row_in_datasette_shows_its_words_in_context(client, rows):
    first = rows.get(Quote, 1)
    html = await page(client, "/kb/quotes/1")
    assert re.search(rf"<mark>[^<]*{re.escape(first.text[:30])}", html)
    assert 'href="/-/people/' in await page(client, "/kb/people/1")


async def test_every_sheet_of_a_document_leads_on(client):
    html = await page(client, "/-/document/1?sheet=999")
    assert "<article" in html


async def test_records_stand_beside_the_passage_they_were_found_in(client, rows):
    first = rows.get(Quote, 1)
    html = await page(client, f"/-/document/{first.document_id}?passage={first.passage_id}")
    beside = html.split(f'id="p{first.passage_id}"')[1].split("</aside>")[0]
    assert f"/kb/quotes/{first.id}" in beside


@pytest.mark.parametrize(
    "path",
    [
        "/-/people", "/-/people/1", "/-/quotes", "/-/use-cases", "/-/use-cases/1",
        "/-/recommendations", "/-/recommendations/2", "/-/regions", "/-/viewpoints?q=data",
        "/-/viewpoints", "/-/tables/table1",
    ],
)  # fmt: skip
async def test_each_page_of_records_has_its_json(client, path):
    address, mark, query = path.partition("?")
    data = (await client.get(f"{address}.json{mark}{query}")).json()
    assert data["ok"] is True
    assert len(data) > 1


async def test_the_json_of_a_person_holds_their_words(client, rows):
    first = next(q for q in rows.all(Quote, "kind <> 'turn'") if q.person_id)
    data = (await client.get(f"/-/people/{first.person_id}.json")).json()
    assert first.text in [said["text"] for said, _ in data["sayings"]]
    assert data["person"]["person"]["id"] == first.person_id


def test_an_error_does_not_print_the_whole_knowledge_base(db, encoder):
    """Datasette prints the locals of a failing page, which took the server half a minute."""
    service = Service.load(db, encoder)
    for part in (service, service.searcher, service.knowledge, service.shelf, service.atlas):
        assert len(pretty_repr(part)) < 200


async def test_a_chart_says_what_it_measures(client):
    listed = await page(client, "/-/tables")
    charts = [await page(client, a) for a in re.findall(r'href="(/-/tables/table\d+)"', listed)]
    assert all("Shown: <b" in html for html in charts if "<svg" in html)


async def test_quotations_leave_as_csv_narrowed_like_the_page_and_all_of_them(client, rows):
    reply = await client.get("/-/quotes.csv?sector=Fisheries")
    table = list(csv.DictReader(io.StringIO(reply.text)))
    fishers = {r[0] for r in rows.rows("select name from participants where sector = 'Fisheries'")}
    assert table
    assert {row["speaker"] for row in table} <= fishers


async def test_a_quotation_found_by_a_search_goes_into_the_briefing_as_one(client, rows):
    first = rows.get(Quote, 1)
    html = await page(client, "/-/search?q=" + quote(first.text[:60]))
    assert 'name="add" value="quote:1"' in html


async def test_somebody_elses_briefing_can_be_kept_whole(client):
    reply = await client.post("/-/briefing", data={"keep": "quote:1\nquote:2\nquote:1"})
    assert unquote(reply.cookies["kb_briefing"]).split("\n")[1:] == ["quote:1", "quote:2"]


async def test_a_passage_that_is_not_in_the_document_is_a_404(client):
    reply = await client.get("/-/document/1?passage=99999")
    assert reply.status_code == 404


async def test_a_briefing_in_an_unknown_format_is_refused_by_name(client):
    reply = await client.get("/-/briefing.xyz?item=quote:1")
    assert reply.status_code == 400
    assert "Known are: .docx .md" in reply.text
