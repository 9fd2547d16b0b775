"""kb: build, serve, search, ask, export, verify, doctor. Each is a thin skin over one call."""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index import translate
from index.make import index_maker, prove_index
from index.offline import stay_offline, unset
from index.polyglot import Polyglot
from index.reranker import Reranker
from index.search import FILTERS
from index.spanish import SpanishEncoder
from kb import __version__
from kb.contract import answer_json, hit_json, no_url
from kb.errors import KBError, MissingPartError
from kb.language import words_in
from kb.proof import Finding, prove
from kb.service import Service
from kb.store import Store
from kb.text import language_of

DB = click.option(
    "--db",
    default="kb.db",
    show_default=True,
    type=click.Path(path_type=Path),
    help="the knowledge base",
)
JSON = click.option("--json", "as_json", is_flag=True, help="print JSON")
PORT = 8001
error_console = Console(stderr=True)


class FriendlyGroup(click.Group):
    """Shows a KBError as one line and exits with 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KBError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=FriendlyGroup)
@click.version_option(__version__, prog_name="kb")
def cli() -> None:
    """Make a knowledge base of consultation reports, and search and question it.

    Example: kb build report.txt && kb serve
    """
    stay_offline()


@cli.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@DB
def build(sources: tuple[Path, ...], db: Path) -> None:
    """Read files or folders into a new knowledge base.

    The old one serves until the new one is whole and proven.

    Example: kb build report.txt interviews/ --db kb.db
    """
    from ingest.build import build as build_kb  # a tenth of the time that a search takes

    encoder = Polyglot()
    with _progress() as progress:
        task = progress.add_task("starting", total=None)

        def stage(text: str) -> None:
            progress.update(task, description=text, total=None)

        def step(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        made, is_new = build_kb(sources, db, index_maker(encoder, step), encoder.sha256, stage)
    click.echo(
        f"{db}: {'built' if is_new else 'nothing changed'}; {made.documents} documents, "
        f"{made.passages} passages, {made.records} records, coverage {made.coverage:.4f}"
    )


@cli.command()
@DB
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--log", type=click.Path(path_type=Path), help="log questions to this file")
def serve(db: Path, port: int, log: Path | None) -> None:
    """Open the pages on this machine. Nothing that is asked is kept unless --log is given.

    Example: kb serve --port 8001
    """
    from kb.web import serve as web  # Datasette is not needed by the other commands

    _require_free(port)
    service = _load(db)
    service.searcher.warm()
    base = f"http://{web.HOST}:{port}"
    click.echo(
        f"Start      {base}/\nAsk        {base}/-/ask\nSearch     {base}/-/search\n"
        f"Tables     {base}/{web.DATABASE}"
    )
    for document in service.searcher.documents.values():
        click.echo(f"Document   {base}/-/document/{document.id}  {document.title}")
    click.echo("Stop with Ctrl+C.")
    web.serve(db, service, port, log)


@cli.command()
@click.argument("query")
@DB
@JSON
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 100), help="how many")
@click.option("--only", multiple=True, metavar="NAME=VALUE", help=f"filter: {', '.join(FILTERS)}")
def search(query: str, db: Path, as_json: bool, k: int, only: tuple[str, ...]) -> None:
    """Show the passages that fit a query best.

    Example: kb search "irrigation pilots" -k 5 --only kind=quote
    """
    found = _load(db, query).search(query, k, 0, _filters(only))
    if as_json:
        rows = [hit_json(hit, no_url) for hit in found.hits]
        click.echo(
            json.dumps({"query": query, "count": found.count, "hits": rows}, ensure_ascii=False)
        )
        return
    for hit in found.hits:
        click.echo(f"{hit.rank:2}. {hit.passage.clean}")
        click.echo(
            f"    {_place(hit.document, hit.passage.page, hit.section)}  ({'; '.join(hit.why)})"
        )
    if not found.hits:
        click.echo("Nothing was found.")


@cli.command()
@click.argument("question")
@DB
@JSON
def ask(question: str, db: Path, as_json: bool) -> None:
    """Answer a question with the documents' own sentences, or say that they do not say.

    Example: kb ask "Who should run the data trust?"
    """
    service = _load(db, question)
    started = time.perf_counter()
    found = service.ask(question)
    if as_json:
        took_ms = round((time.perf_counter() - started) * 1000, 1)
        data = answer_json(found, took_ms, no_url, lambda _: "")
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    click.echo(found.text)
    if found.rows:
        click.echo(f"counted by: {found.rows.sql}")
    for c in found.citations:
        click.echo(f"[{c.number}] {_place(c.hit.document, c.hit.passage.page, c.hit.section)}")


@cli.command()
@click.argument("items", nargs=-1, required=True, metavar="ITEM...")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="the file")
@DB
@click.option("--title", default="", help="of the briefing")
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "es"]))
def export(items: tuple[str, ...], out: Path, db: Path, title: str, lang: str) -> None:
    """Write chosen things into a file, with numbered sources; its ending says the format.

    An ITEM is quote:12, view:3, passage:40, use_case:2, recommendation:7, table:3, figure:1,
    "answer:What is proposed?", or all quotes or tables. Every quotation is proven once more; if one
    does not stand in its source, nothing is written.

    Example: kb export quotes table:1 "answer:Who runs the trust?" -o briefing.docx
    """
    from kb.export import formats, gather  # their libraries are not needed by the other commands

    wanted = formats.format_of(out.name)
    _ = words_in(lang).say
    service = _load(db)
    chosen = gather.read_items(service, items, _)
    briefing = gather.gather(service, chosen, lang, _, title)
    _replace(out, wanted.write(briefing, _))
    click.echo(f"{out}: {len(briefing.entries)} entries, {len(briefing.sources)} sources, proven")


@cli.command(name="eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.argument("conversations", required=False, type=click.Path(path_type=Path))
@DB
@JSON
@click.option("--save", is_flag=True, help="keep the run beside the knowledge base, for kb serve")
def evaluate(
    questions: Path, conversations: Path | None, db: Path, as_json: bool, save: bool
) -> None:
    """Measure search and answers on questions whose evidence and answers are known.

    Prints each measure by language, with its 95 % confidence interval, and by type of question.

    Example: kb eval tests/data/questions/sample.json --save
    """
    from kb.evaluate.questions import read_conversations, read_questions
    from kb.evaluate.report import as_json as eval_as_json
    from kb.evaluate.report import as_text
    from kb.evaluate.report import save as save_eval
    from kb.evaluate.run import evaluate as run_eval

    asked = read_questions(questions)
    held = read_conversations(conversations) if conversations else ()
    service = _load(db)
    with _progress() as progress:
        task = progress.add_task("asking", total=None)
        found = run_eval(
            service, asked, held, lambda n, of: progress.update(task, completed=n, total=of)
        )
    click.echo(json.dumps(eval_as_json(found), ensure_ascii=False) if as_json else as_text(found))
    if save:
        files = [file for file in (questions, conversations) if file]
        path = save_eval(found, db, files, service.searcher.store.build())
        click.echo(f"{path}: the run is kept; kb serve shows it under /eval.", err=True)


@cli.command()
@DB
def verify(db: Path) -> None:
    """Prove every record against its document, and that rows, full text and vectors agree.

    Example: kb verify --db kb.db
    """
    findings = _findings(db)
    for finding in findings:
        click.echo(_finding(finding))
    if not all(finding.holds for finding in findings):
        raise KBError(f"{db} does not prove. Build it again: kb build SOURCE --db {db}")


@cli.command()
@DB
def doctor(db: Path) -> None:
    """Say what is installed, what is missing, and whether the knowledge base is in order.

    Example: kb doctor
    """
    from importlib.metadata import version  # a twentieth of the time that a search takes

    for name in ("datasette", "sqlite-utils", "sentence-transformers", "faiss-cpu", "torch"):
        click.echo(f"{name:24} {version(name)}")
    click.echo(f"{'Spanish by':24} {translate.state()}")
    problems = []
    checks: Sequence[tuple[str, Callable[[], object]]] = (
        ("encoder weights", lambda: Polyglot().check()),
        ("Spanish encoder", lambda: SpanishEncoder().check()),
        ("reranker", lambda: Reranker(Polyglot()).check()),
        ("knowledge base", lambda: _require_proof(db)),
        ("network", _require_no_network_setting),
    )
    for name, check in checks:
        try:
            check()
            click.echo(f"{name:24} in order")
        except KBError as error:
            problems.append(name)
            click.echo(f"{name:24} {error}")
    if problems:
        raise KBError(f"Not in order: {', '.join(problems)}.")


def _load(db: Path, question: str = "") -> Service:
    """A knowledge base, with what its first question waits for: encoders and translator take a
    tenth of a second each, most of it outside of Python, so they start beside each other.
    """
    encoder = Polyglot()
    with error_console.status("loading the knowledge base"), ThreadPoolExecutor() as pool:
        loading = [pool.submit(encoder.load, code) for code in {"en", language_of(question)}]
        service = Service.load(db, encoder)
        service.searcher.read(question)
        for part in loading:
            part.result()
    gc.freeze()  # it stays to the end; the collector would go through it again and again, and then
    return service


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside and then move it: the old one stands until the new one is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise KBError(f"{path} cannot be written ({error}). Give another path.") from error
    finally:
        beside.unlink(missing_ok=True)


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    hidden = not error_console.is_terminal
    return Progress(*columns, console=error_console, transient=True, disable=hidden)


def _filters(only: Sequence[str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in only]
    broken = next((name for name, mark, _ in pairs if not mark), None)
    if broken is not None:
        raise KBError(f"--only {broken} has no value. Write for example --only kind=quote.")
    return {name: value for name, _, value in pairs}


def _place(document: str, page: int | None, section: str | None) -> str:
    return ", ".join(
        part for part in (document, f"p. {page}" if page is not None else None, section) if part
    )


def _findings(db: Path) -> list[Finding]:
    """Every check on a knowledge base: rows, full text and vectors."""
    store = Store.open(db)
    return [*prove(store), *prove_index(store, db)]


def _finding(finding: Finding) -> str:
    mark = "ok    " if finding.holds else "FAILED"
    example = f"; {finding.example}" if finding.example and not finding.holds else ""
    return f"{mark} {finding.what}: {finding.good} of {finding.total}{example}"


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise KBError(
                f"Port {port} is in use. Stop what runs there, or give another with --port."
            ) from error


def _require_proof(db: Path) -> None:
    broken = [f for f in _findings(db) if not f.holds]
    if broken:
        raise KBError(_finding(broken[0]))


def _require_no_network_setting() -> None:
    if missing := unset():
        raise MissingPartError(
            f"{', '.join(missing)} is not set, so a library may reach for the network."
        )


if __name__ == "__main__":
    sys.exit(cli())
