"""The network behind index.reranker, in torch: what is trained and what is exported."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

MARKS, MEASURES, HEADS = 2, 5, 4
FAR = -1e4  # of what is not there, before a softmax


class Attention(nn.Module):
    """One layer of a transformer encoder, normed first (Xiong et al., ICML 2020), written out so
    that it is exported as plain products.
    """

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.all = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(drop)
        self.scale = 1 / math.sqrt(width // HEADS)

    def forward(self, rows: Tensor, there: Tensor) -> Tensor:
        n, length, width = rows.shape
        asked, keys, values = (
            part.reshape(n, length, HEADS, width // HEADS).transpose(1, 2)
            for part in self.all(self.first(rows)).chunk(3, -1)
        )
        likeness = asked @ keys.transpose(2, 3) * self.scale
        share = likeness.masked_fill(~there[:, None, None], FAR).softmax(-1)
        met = (self.drop(share) @ values).transpose(1, 2).reshape(n, length, width)
        rows = rows + self.drop(self.joined(met))
        return rows + self.drop(
            self.narrow(self.drop(functional.gelu(self.wide(self.second(rows)))))
        )


class Network(nn.Module):
    """Token vectors of a question and of stretches -> the log odds that each answers it."""

    def __init__(self, dimension: int, width: int = 128, drop: float = 0.2) -> None:
        super().__init__()
        self.read = nn.Sequential(nn.Linear(dimension, width), nn.GELU(), nn.Dropout(drop))
        self.scale = 1 / math.sqrt(width)
        self.sharp = nn.Parameter(torch.tensor(8.0))  # how much a cosine counts in an alignment
        self.none = nn.Parameter(torch.zeros(1, 1, width))  # what a word without a match meets
        self.least = nn.Parameter(torch.tensor(0.3))  # cosine below which it has none
        self.of_asked = _two_layers(4 * width + 4 + MARKS, width, drop)
        self.of_own = _two_layers(4 * width + 2, width, drop)
        self.sides = nn.Parameter(torch.randn(2, width) * 0.02)
        self.sum = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.attention = Attention(width, drop)
        self.norm = nn.LayerNorm(width)
        self.out = nn.Sequential(
            nn.Linear(width + MEASURES, 64), nn.GELU(), nn.Dropout(drop), nn.Linear(64, 1)
        )
        nn.init.zeros_(self.out[3].weight)
        nn.init.zeros_(self.out[3].bias)

    def forward(
        self,
        asked: Tensor,
        has_asked: Tensor,
        marks: Tensor,
        own: Tensor,
        has_own: Tensor,
        around: Tensor,
        has_around: Tensor,
        measures: Tensor,
    ) -> Tensor:
        """(n,) log odds.

        asked, own, around: (n, tokens, dimension) of rows of length 1, each with the mask of those
        that are there; marks (n, tokens, 2) and measures (n, 5) as in index.reranker.
        """
        near, near_around = asked @ own.transpose(1, 2), asked @ around.transpose(1, 2)
        question, stretch, beside = self.read(asked), self.read(own), self.read(around)
        met, lacks = self._aligned(question, stretch, has_own, near)
        met_around, lacks_around = self._aligned(question, beside, has_around, near_around)
        best, best_around = _best(near, has_own), _best(near_around, has_around)
        told = [question, met, question * met, met_around]
        told += [best, best_around, lacks, lacks_around, marks]
        of_asked = self.of_asked(torch.cat(told, -1)) + self.sides[0]
        back = near.transpose(1, 2)
        said, unsaid = self._aligned(stretch, question, has_asked, back)
        told = [stretch, said, stretch * said, (stretch - said).abs(), unsaid]
        of_own = self.of_own(torch.cat([*told, _best(back, has_asked)], -1)) + self.sides[1]
        rows = torch.cat([self.sum.expand(asked.shape[0], -1, -1), of_asked, of_own], 1)
        there = torch.cat([torch.ones_like(has_asked[:, :1]), has_asked, has_own], 1)
        summed = self.norm(self.attention(rows, there)[:, 0])
        odds: Tensor = self.out(torch.cat([summed, measures], -1)).squeeze(-1)
        return odds

    def _aligned(
        self, rows: Tensor, others: Tensor, there: Tensor, near: Tensor
    ) -> tuple[Tensor, Tensor]:
        """For each row the mean of the others by likeness, and the share of it that is none's."""
        likeness = rows @ others.transpose(1, 2) * self.scale + self.sharp * near
        likeness = likeness.masked_fill(~there[:, None], FAR)
        none = (self.least * self.sharp).expand(likeness.shape[0], likeness.shape[1], 1)
        share = torch.cat([likeness, none], -1).softmax(-1)
        with_none = torch.cat([others, self.none.expand(others.shape[0], 1, -1)], 1)
        return share @ with_none, share[..., -1:]


class OneQuestion(nn.Module):
    """The network as it is asked: one question, (tokens, dimension), and many stretches."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        asked: Tensor,
        marks: Tensor,
        own: Tensor,
        has_own: Tensor,
        around: Tensor,
        has_around: Tensor,
        measures: Tensor,
    ) -> Tensor:
        n = own.shape[0]
        each, theirs = asked[None].expand(n, -1, -1), marks[None].expand(n, -1, -1)
        there = torch.ones_like(each[..., 0], dtype=torch.bool)
        odds: Tensor = self.network(each, there, theirs, own, has_own, around, has_around, measures)
        return odds


def _two_layers(width: int, out: int, drop: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(drop), nn.Linear(out, out))


def _best(near: Tensor, there: Tensor) -> Tensor:
    return near.masked_fill(~there[:, None], -1.0).amax(-1, keepdim=True)
