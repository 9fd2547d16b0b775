"""Which quotes, views, cases, statistics and recommendations lie near a record in meaning.

Near is not the same as for: a quote that speaks against a recommendation lies as near as one that
speaks for it. The cosine goes with each, so that a page can say no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar, cast

import numpy as np

from index.encode import Vectors
from kb.profiles.shelf import Place, Shelf
from kb.records import Quote, Recommendation, Record, Statistic, UseCase, View
from kb.text import letters

MOST = 3  # of each kind
# The least cosine, and by how much it has to be above the mean over the other records of the kind:
# where all recommendations are on one subject, whatever is on that subject is near each of them.
# Fitted by reading all neighbours on three invented reports and a real one, English and Spanish
# (2026-11).
FLOOR, MARGIN = 0.38, 0.12
KINDS: tuple[type[Record], ...] = (Quote, View, UseCase, Statistic, Recommendation)

R = TypeVar("R", bound=Record)
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Near(Generic[T_co]):
    """A record that lies near another in meaning."""

    record: T_co
    place: Place
    cosine: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """At most MOST of each kind, nearest first, none below FLOOR."""

    quotes: tuple[Near[Quote], ...]
    views: tuple[Near[View], ...]
    use_cases: tuple[Near[UseCase], ...]
    statistics: tuple[Near[Statistic], ...]
    recommendations: tuple[Near[Recommendation], ...]


@dataclass(frozen=True, repr=False)
class Atlas:
    """Where the records of KINDS lie, by table: a place and a row of length 1 for each."""

    shelf: Shelf
    records: Mapping[str, Sequence[tuple[Record, Place]]]
    vectors: Mapping[str, Vectors]  # (records, dimension)
    held: Mapping[str, Sequence[frozenset[int]]]  # passages that each stands in

    @classmethod
    def of(cls, shelf: Shelf) -> Atlas:
        """Of all records of KINDS that stand in a passage."""
        records, vectors, held = {}, {}, {}
        for kind in KINDS:
            placed = [
                (s.record, s.place)
                for s in shelf.sourced(shelf.all(kind))
                if _leads(shelf, s.record)
            ]
            rows = [_vector(shelf, record, place) for record, place in placed]
            records[kind.table] = placed
            vectors[kind.table] = np.stack(rows) if rows else np.zeros((0, 1), np.float32)
            held[kind.table] = [frozenset(shelf.held_by(record)) for record, _ in placed]
        return cls(shelf, records, vectors, held)

    def near(
        self, passages: Sequence[int], among: type[Record], beside: Sequence[int] = ()
    ) -> Neighbours:
        """What lies near the mean of these passages, and nearer than to others of their kind.

        What stands in these passages is left out, and so are quotes, views and statistics that
        stand in another record of the kind: those are that record's own.

        :param passages: ids of a record's passages, at least one.
        :param among: the record's kind, of KINDS.
        :param beside: ids of passages whose records are left out as well.
        """
        own = frozenset((*passages, *beside))
        vector = _mean(self.shelf.searcher.vectors.matrix(passages))
        others = [
            not own & held and getattr(record, "parent_id", None) is None
            for held, (record, _) in zip(
                self.held[among.table], self.records[among.table], strict=True
            )
        ]
        rows = self.vectors[among.table][others]
        run = rows.mean(axis=0) if len(rows) else np.zeros_like(vector)
        theirs = own.union(*self.held[among.table])
        look = partial(self._nearest, vector, run)
        quotes, views = look(Quote, theirs), look(View, theirs)
        quoted = {near.record.passage_id for near in quotes}
        said = frozenset(_said(near.record) for near in views)
        return Neighbours(
            tuple(quotes),
            tuple(views),
            tuple(look(UseCase, own)),
            tuple(look(Statistic, theirs | quoted, said)),
            tuple(look(Recommendation, own)),
        )

    def _nearest(
        self,
        vector: Vectors,
        run: Vectors,
        kind: type[R],
        apart: frozenset[int],
        said: frozenset[object] = frozenset(),
    ) -> list[Near[R]]:
        """The nearest, the first of several that say the same, as two numbers of one sentence do.

        :param apart: passages; what stands in them is left out.
        :param said: what is left out because it is shown already.
        """
        if not self.records[kind.table]:
            return []
        cosines = self.vectors[kind.table] @ vector
        gains = cosines - np.asarray(self.vectors[kind.table] @ run)
        found: dict[object, Near[R]] = {}
        for i in np.argsort(-cosines, kind="stable"):
            if cosines[i] < FLOOR or len(found) == MOST:
                break
            record, place = self.records[kind.table][i]
            is_apart = apart.isdisjoint(self.held[kind.table][i]) and _said(record) not in said
            if gains[i] >= MARGIN and is_apart:
                found.setdefault(_said(record), Near(cast(R, record), place, float(cosines[i])))
        return list(found.values())


def _leads(shelf: Shelf, record: Record) -> bool:
    """Not the brief form of a recommendation that has a full one."""
    return not isinstance(record, Recommendation) or shelf.full_form(record) == record


def _said(record: Record) -> object:
    """What is the same in records that say the same: the words; cases and recommendations are told
    apart by id.
    """
    if isinstance(record, UseCase | Recommendation):
        return record.id
    return letters(str(getattr(record, "text", "")))


def _vector(shelf: Shelf, record: Record, place: Place) -> Vectors:
    """Of a record's passages; of its sentences and their passage in equal parts if it is one of
    several things that the passage says.
    """
    searcher, passage = shelf.searcher, place.hit.passage
    whole = _mean(searcher.vectors.matrix(shelf.held_by(record)))
    if isinstance(record, UseCase | Recommendation):
        return whole
    start, end = place.span or (0, len(passage.text))
    own = searcher.stretches.get(passage.id, ())
    held = [s.id for s in own if s.start < end and start < s.end]
    if not held:
        return whole
    return _mean(np.stack([whole, _mean(searcher.stretch_vectors.matrix(held))]))


def _mean(rows: Vectors) -> Vectors:
    """The mean of (n, dimension) rows, of length 1."""
    mean: Vectors = np.mean(rows, axis=0, dtype=np.float32)
    return mean / np.linalg.norm(mean)
