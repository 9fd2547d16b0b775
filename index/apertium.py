"""Text -> the other language by Apertium, one pipeline of processes kept open a direction. Not for
deciding what is translated.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import shutil
import subprocess
import threading
import time
from pathlib import Path

from kb.errors import KBError

MODES = Path("/usr/share/apertium/modes")
CODES = {"es": "spa", "en": "eng"}
INSTALL = "apt-get install apertium apertium-eng-spa"
TIMEOUT_S = 5.0
LONGEST = 20_000  # characters; more might fill the pipes before anything is read from them
# Signs that mean something in Apertium's stream; a backslash before makes them plain signs.
_SIGNS = re.compile(r"([\\^$/@<>{}\[\]])")


class ApertiumError(KBError):
    """Apertium gave no answer; the caller goes on without it."""


def is_installed(source: str, target: str) -> bool:
    """Whether Apertium and its pair for two languages are there."""
    return shutil.which("lt-proc") is not None and _mode(source, target).is_file()


class Pipeline:
    """Apertium from one language into another; several threads may ask, one text is in it at a
    time. Its stages read texts that end with a NUL and answer each at once.

    User text only ever goes to the first stage's standard input, so it can never be a command.
    """

    def __init__(self, source: str, target: str, timeout_s: float = TIMEOUT_S) -> None:
        self._commands = stages(_mode(source, target).read_text(encoding="utf-8"))
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[bytes]] = []

    def translate(self, text: str) -> str:
        """The text in the other language; a word that Apertium does not know keeps a * before it.

        :raises ApertiumError: no answer in time, twice; or the text is too long.
        """
        if len(text) > LONGEST:
            raise ApertiumError(f"{len(text)} characters are more than {LONGEST}")
        with self._lock:
            try:
                return self._ask(text)
            except (ApertiumError, OSError):
                self._stop()
            try:
                return self._ask(text)
            except (ApertiumError, OSError) as error:
                self._stop()
                raise ApertiumError(f"Apertium gave no answer: {error}") from error

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _ask(self, text: str) -> str:
        if not self._running:
            self._start()
        written, read = self._running[0].stdin, self._running[-1].stdout
        if written is None or read is None:
            raise ApertiumError("its pipes are closed")
        plain = text.replace("\0", " ").replace("*", " ")
        written.write(_SIGNS.sub(r"\\\1", plain).encode() + b"\n\0")
        written.flush()
        answer = _until_nul(read.fileno(), time.monotonic() + self._timeout_s)
        return re.sub(r"\\(.)", r"\1", answer).strip()

    def _start(self) -> None:
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        for command in self._commands:
            before = self._running[-1].stdout if self._running else None
            stage = subprocess.Popen(
                command,
                stdin=before or subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
            self._running.append(stage)
            if before is not None:
                before.close()  # the next stage holds it now, and sees it end when a stage dies

    def _stop(self) -> None:
        for stage in self._running:
            stage.kill()
            stage.wait()
        for stage in self._running:
            for pipe in (stage.stdin, stage.stdout):
                if pipe is not None:
                    # What was not written yet has nobody to read it.
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        self._running = []


def stages(mode: str) -> list[list[str]]:
    """The commands of a mode file, each set to flush at a NUL.

    Example: "lt-proc $1 'x.bin' | apertium-pretransfer" -> [["lt-proc", "-z", "-g", "x.bin"],
    ["apertium-pretransfer", "-z"]].
    """
    commands = []
    for stage in mode.strip().split("|"):
        program, *arguments = shlex.split(stage)
        # $1 is how unknown words come out, $2 the tagger's trace, which is not wanted.
        kept = ["-g" if a == "$1" else a for a in arguments if a != "$2"]
        commands.append([program, "-z", *kept])
    return commands


def _until_nul(descriptor: int, deadline: float) -> str:
    """What comes out of a pipe before a NUL.

    :raises ApertiumError: the deadline passed, or the other end closed.
    """
    answer = b""
    while not answer.endswith(b"\0"):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ApertiumError("no answer in time")
        part = os.read(descriptor, 65536)
        if not part:
            raise ApertiumError("its process ended")
        answer += part
    return answer[:-1].decode("utf-8", "replace")


def _mode(source: str, target: str) -> Path:
    return MODES / f"{CODES[source]}-{CODES[target]}.mode"
