"""Chromium on a served knowledge base, and three ways to go through its pages: for
tests/test_browser.py.
"""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from datasette.app import Datasette
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
LARGEST = 150_000  # bytes of a page
NARROW = 320  # CSS pixels
TABS = 200  # presses of Tab after which a place counts as out of reach
HEADER, ROW = ".kb-head", ".kb-in"  # what of Datasette's pages is ours

# Where the focus is, seen from the element that is wanted.
FOCUS = """wanted => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {
    there: here === wanted,
    behind: Boolean(here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING),
    outlined: here === document.body || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0),
    seen: here === document.body || (box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth),
    name: here.outerHTML.slice(0, 120),
  };
}"""  # noqa: E501


def find_chromium() -> str | None:
    """Path of the first Chromium that is installed."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@contextmanager
def served(datasette: Datasette) -> Iterator[str]:
    """A Datasette on a free port of this machine: its address."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        config = uvicorn.Config(
            datasette.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "The server stopped before it had started; see its message."
            time.sleep(0.02)
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@dataclass
class Watch:
    """What the pages of a context ask of other hosts, and what the browser complains of."""

    context: BrowserContext
    address: str
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.address):
            self.seen.append(f"another host: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text}")

    def take(self) -> list[str]:
        """What was seen since the last time."""
        taken, self.seen[:] = list(self.seen), []
        return taken


@dataclass
class Reader:
    """Somebody with a mouse."""

    page: Page

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, box: Locator, text: str) -> None:
        box.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()


class KeyboardReader(Reader):
    """Somebody without one, with Tab, Shift+Tab, Enter and letters; the focus is always seen."""

    def press(self, what: Locator) -> None:
        self._go(what)
        self.page.keyboard.press("Enter")

    def write(self, box: Locator, text: str) -> None:
        self._go(box)
        self.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        self._go(box)
        self.page.keyboard.press("Space")

    def _go(self, what: Locator) -> None:
        wanted = what.element_handle()
        focus = wanted.evaluate(FOCUS)
        for _ in range(TABS):
            self.page.keyboard.press("Shift+Tab" if focus["behind"] else "Tab")
            focus = wanted.evaluate(FOCUS)
            assert focus["outlined"], f"The focus cannot be seen on {focus['name']}"
            assert focus["seen"], f"The focus is out of the window on {focus['name']}"
            if focus["there"]:
                return
        raise AssertionError(f"{what} cannot be reached with Tab; now at {focus['name']}")


def faults(
    page: Page, address: str, watch: Watch, parts: Sequence[str] = (), status: int = 200
) -> list[str]:
    """What is wrong with a page: its accessibility in light and dark, its width on a small screen,
    its weight, what it asks of other hosts, what the browser complains of.

    :param parts: selectors of what is ours of a page of Datasette's; empty for a page of ours.
    :param status: which the page is to have.
    """
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    reply = page.goto(address)
    size = len(reply.body())
    found = [f"status {reply.status}"] if reply.status != status else []
    found += [f"{size} bytes"] if size > LARGEST and not parts else []
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(AXE_SCRIPT)
    found += violations(page, parts)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(page, parts)]
    page.set_viewport_size({"width": NARROW, "height": 700})
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > NARROW and not parts:
        found.append(f"{width} pixels wide: {page.evaluate(TOO_WIDE)}")
    said = f"console: {NOT_FOUND} {status} "  # Chromium's word on every page of an error
    return found + [one for one in watch.take() if status == 200 or not one.startswith(said)]


NOT_FOUND = "Failed to load resource: the server responded with a status of"
TOO_WIDE = """[...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth)
  .map(one => one.outerHTML.slice(0, 80)).slice(0, 3).join(" | ")"""


def violations(page: Page, parts: Sequence[str] = ()) -> list[str]:
    """Rules of WCAG that a page breaks, by axe-core (which the page has), and where."""
    there = [[part] for part in parts if page.locator(part).count()]
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = page.evaluate(
        "([where, options]) => axe.run(where, options)",
        [{"include": there or [["html"]]}, options],
    )
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
