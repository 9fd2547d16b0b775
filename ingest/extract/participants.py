"""Participants: the cells of each row of a list of people.

Where columns are aligned, cells follow from the header. Where the export has collapsed them,
boundaries are inferred from what such lists have in common: sectors end a row, organisations recur
over rows or are acronyms, titles are made of job words, and a surname is seldom a word that the
document also writes in lower case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import grouped, lexicon, roster
from ingest.attribution import person_of
from ingest.blocks import Block
from ingest.listed import people_in
from ingest.pages import Line
from ingest.reading import Ids, Reading
from kb.records import Participant, Passage, Record
from kb.text import fold

_PARTICLES = frozenset("de del la las los y e da do dos van von der di".split())
_COMPLEMENT = frozenset("of for to in de del en para & and y - –".split())
_NOTHING = re.compile(r"[-–—./\s]*$|n/?a$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row's cells as the source words them, and how sure their boundaries are."""

    name: str
    job_title: str | None = None
    organisation: str | None = None
    sector: str | None = None
    region: str | None = None
    confidence: str = "sure"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the rows of one list, and the document around them, have in common."""

    endings: Counter[str]  # how many rows end (sector apart) with these words
    tags: frozenset[str]  # place tags beside sectors
    common: frozenset[str]  # words the document writes in lower case
    text: str


def extract(reading: Reading, ids: Ids) -> list[Record]:
    """One row for each participant."""
    rows = [(i, block) for i, block in enumerate(reading.blocks) if block.kind == "participant"]
    if not rows:
        return _listed(reading, ids)
    habits = _habits(reading, [block for _, block in rows])
    headers = (b.lines[0] for b in reading.blocks if b.kind == "roster_header")
    header = next(headers, None)
    records: list[Record] = []
    for i, block in rows:
        at = reading.outline.blocks[:i]
        header = next((b.lines[0] for b in reversed(at) if b.kind == "roster_header"), header)
        cells = _cells(block, header, habits)
        passage = reading.passage_of[i]
        records.append(_record(reading, block, passage, cells, habits, ids))
    return records


def _listed(reading: Reading, ids: Ids) -> list[Record]:
    """The people of a list's items, each a body and who came of it, under the name of a sector if
    the list is parted so.
    """
    found = [
        (i, who, lexicon.SECTORS.get(fold(section.heading)))
        for i, block in enumerate(reading.blocks)
        if block.kind == "list_item"
        and (section := reading.section(i))
        and lexicon.PARTICIPANTS.search(section.path)
        for who in people_in(reading.clean(i).text)
    ]
    if len(found) < roster.LEAST_ROWS:
        return []
    habits = _habits(reading, ())
    return [
        _record(
            reading, reading.blocks[i], reading.passage_of[i],
            Cells(who.name, who.role, who.organisation, sector, confidence="likely"), habits, ids,
        )
        for i, who, sector in found
    ]  # fmt: skip


def _cells(block: Block, header: Line | None, habits: Habits) -> Cells:
    if header is not None and roster.is_aligned(header):
        return _aligned(block, header)
    if len(block.lines) == 1 and roster.is_bare(block.lines[0]):
        return Cells(**roster.bare_cells(block.lines[0]), confidence="likely")
    if header is None and len(block.lines) == 1 and (who := person_of(block.text)):
        return Cells(who.name, who.role, who.organisation, confidence="likely")
    if header is None and (fields := grouped.cells_of(block.lines)):
        return Cells(**{k: v for k, v in fields.items() if v}, confidence="likely")
    return read_row(block.flat.text, habits, _gaps(block))


def _record(
    reading: Reading, block: Block, passage: Passage, cells: Cells, habits: Habits, ids: Ids
) -> Participant:
    sectors = [_sector(s) for s in re.split(r"\s*[/;]\s*", cells.sector or "") if s]
    return Participant(
        ids.next(Participant), reading.document.id, passage.id, None, None, cells.name,
        cells.job_title, cells.organisation,
        "; ".join(sectors) or None, expand_place(cells.region, habits.text), block.flat.text,
        cells.confidence, block.page, block.flat.spans,
    )  # fmt: skip


def _sector(text: str) -> str:
    return lexicon.SECTORS.get(fold(text), text)


def expand_place(tag: str | None, text: str) -> str | None:
    """A place's abbreviation in full, where one capitalised word of the document begins with it
    ("Jal" -> "Jalisco").
    """
    if not tag or tag.isupper() or len(tag) > 4:
        return tag
    words = Counter(re.findall(rf"\b{re.escape(tag)}[a-zà-ÿ]+", text))
    return words.most_common(1)[0][0] if len(words) == 1 else tag


# -- aligned columns -------------------------------------------------------


def _aligned(block: Block, header: Line) -> Cells:
    columns = roster.read_header(header)
    parts: dict[str, list[str]] = {}
    for line in block.lines:
        for column, start, end in roster.aligned_cells(line, columns):
            parts.setdefault(columns[column].field, []).append(line.text[start:end])
    values = {field: " ".join(words) for field, words in parts.items()}
    kept = {field: None if _NOTHING.match(value) else value for field, value in values.items()}
    return Cells(
        kept.get("name") or block.flat.text,
        kept.get("job_title"),
        kept.get("organisation"),
        kept.get("sector"),
        kept.get("region"),
    )


# -- collapsed columns -----------------------------------------------------


def read_row(text: str, habits: Habits, gaps: Sequence[int] = ()) -> Cells:
    """Find the cells of "Name Title Organisation Sector" run together.

    :param gaps: offsets in text where the source has a blank line, which only a cell's boundary
        explains.
    """
    core, sector, region = _sector_and_region(text, habits)
    words = [m.span() for m in re.finditer(r"\S+", core)]
    named = _name_length(core, words, habits)
    rest = words[named:]
    start, confidence = _organisation_start(core, rest, habits, gaps)
    organisation = core[rest[start][0] :].strip(" ,") if start < len(rest) else None
    name = core[: words[named - 1][1]].strip(" ,")
    title = core[rest[0][0] : rest[start - 1][1]].strip(" ,-–") if start else ""
    if organisation:
        name, title = (
            _without(name, organisation, at_end=True),
            _without(title, organisation, at_end=False),
        )
    return Cells(name, title or None, organisation, sector, region, confidence)


def _sector_and_region(text: str, habits: Habits) -> tuple[str, str | None, str | None]:
    found = roster.sector_end(text)
    if not found:
        last = text.split()[-1]
        return (
            (text[: -len(last)].strip(), None, last) if last in habits.tags else (text, None, None)
        )
    core, region = text[: found.start("sectors")].strip(), found["after"]
    before = core.split()[-1] if core else ""
    if before in habits.tags and region is None:
        core, region = core[: -len(before)].strip(), before
    return core, found["sectors"], region


def _name_length(core: str, words: Sequence[tuple[int, int]], habits: Habits) -> int:
    for k, (a, b) in enumerate(words[1:], 1):
        word = core[a:b]
        plain = fold(word.strip(".,/()"))
        if core[words[k - 1][0] : words[k - 1][1]].endswith(","):
            return k
        if plain in _PARTICLES:
            continue
        is_acronym = len(plain) >= 2 and word.strip(".,/").isupper()
        # A second given name may also be a common word ("Angel"); what follows two words of a name
        # hardly is one.
        is_common = k >= 2 and plain in habits.common
        if (
            is_acronym
            or is_common
            or plain in lexicon.JOB_WORDS
            or plain in lexicon.JOB_QUALIFIERS
            or not word[0].isalpha()
        ):
            return k
    return len(words)


def _organisation_start(
    core: str, rest: Sequence[tuple[int, int]], habits: Habits, gaps: Sequence[int]
) -> tuple[int, str]:
    """Index in rest where the organisation begins (len(rest) if there is none), and how sure that
    is.
    """
    tokens = [core[a:b] for a, b in rest]
    if not tokens:
        return 0, "guessed"
    gap = next(
        (k for k, (a, _) in enumerate(rest) if k and any(rest[k - 1][1] <= g <= a for g in gaps)),
        None,
    )
    if gap is not None:
        return gap, "sure"
    start, count = _recurring(core, rest, tokens, habits)
    if count >= 2:
        return _with_acronyms(tokens, start), "sure" if count >= 3 else "likely"
    if _is_acronym(tokens[-1]) and len(tokens) > 1:
        return _with_acronyms(tokens, len(tokens) - 1), "likely"
    heads = [
        k
        for k, token in enumerate(tokens)
        if any(fold(part) in lexicon.JOB_WORDS for part in re.split(r"[/,]", token))
    ]
    head = heads[-1] if heads else -1
    if (
        0 <= head < len(tokens) - 1
        and fold(tokens[head + 1]) not in _COMPLEMENT
        and not tokens[head].endswith((",", "/"))
    ):
        return head + 1, "likely"
    if len(tokens) > 1 and tokens[-2].endswith("/"):
        return len(tokens) - 2, "guessed"
    start = len(tokens)
    while (
        start > head + 1
        and tokens[start - 1][0].isupper()
        and fold(tokens[start - 1].strip(",.")) not in habits.common
    ):
        start -= 1
    return start, "guessed"


def _recurring(
    core: str, rest: Sequence[tuple[int, int]], tokens: Sequence[str], habits: Habits
) -> tuple[int, int]:
    """The longest ending that other rows share; it stops where a longer one is far rarer, or takes
    in a job word.
    """
    best, count = len(tokens), 0
    for k in range(len(tokens) - 1, -1, -1):
        shared = habits.endings[_key(core[rest[k][0] :])]
        is_job = any(fold(part) in lexicon.JOB_WORDS for part in re.split(r"[/,]", tokens[k]))
        if shared < 2 or shared < 0.5 * count or is_job:
            break
        count = max(count, shared)
        if tokens[k][0].isupper() or not tokens[k][0].isalpha():
            best = k
    is_common_word = best == len(tokens) - 1 and fold(tokens[best]) in habits.common
    return (len(tokens), 0) if is_common_word else (best, count)


def _with_acronyms(tokens: Sequence[str], start: int) -> int:
    """Take in acronyms that a comma or slash ties to the organisation ("SAT, SHCP", "Metro CDMX/
    UNAM").
    """
    while start > 0 and tokens[start - 1].endswith((",", "/")) and _is_acronym(tokens[start - 1]):
        start -= 1
    return start


def _is_acronym(token: str) -> bool:
    letters = [c for c in token if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def _without(cell: str, organisation: str, at_end: bool) -> str:
    """A cell without the organisation's name, which some lists repeat behind the person's name."""
    words = cell.split()
    size = len(organisation.split())
    for n in (size, size - 1, size + 1):
        part = words[-n:] if at_end else words[:n]
        if 0 < n < len(words) and _key(" ".join(part)) == _key(organisation):
            return " ".join(words[:-n] if at_end else words[n:]).strip(" ,")
    return cell


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text).replace("&", " and ")).strip()


def _gaps(block: Block) -> list[int]:
    """Offsets in the block's text where a blank line stands in the source."""
    gaps, length = [], 0
    for line in block.lines:
        if line.is_blank:
            gaps.append(length)
        else:
            length += len(line.text) + (1 if length else 0)
    return gaps


def _habits(reading: Reading, rows: Sequence[Block]) -> Habits:
    texts = [row.flat.text for row in rows]
    places = frozenset(s.heading for s in reading.sections if len(s.heading.split()) == 1)
    tags = roster.place_tags(texts) | places
    text = reading.document.text
    common = frozenset(fold(word) for word in re.findall(r"(?<![\w-])[a-zà-ÿ]{3,}(?![\w-])", text))
    habits = Habits(Counter(), tags, common, text)
    endings: Counter[str] = Counter()
    for row in texts:
        core, _, _ = _sector_and_region(row, habits)
        words = [m.start() for m in re.finditer(r"\S+", core)]
        endings.update({_key(core[a:]) for a in words[1:]})
    return Habits(endings, tags, common, text)
