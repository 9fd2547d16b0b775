"""The network behind index.reranker, in torch: what is trained and what is exported."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

DIMENSION, HEADS, WIDE, LAYERS, LONGEST = 384, 12, 1536, 6, 512
MEASURES = 4
FAR = -1e4  # of what is not there, before a softmax


class Layer(nn.Module):
    """One layer of BERT (Devlin et al., NAACL 2019)."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (
            nn.Linear(DIMENSION, DIMENSION) for _ in range(4)
        )
        self.wide, self.narrow = nn.Linear(DIMENSION, WIDE), nn.Linear(WIDE, DIMENSION)
        self.first, self.second = (nn.LayerNorm(DIMENSION, eps=1e-12) for _ in range(2))
        self.drop = nn.Dropout(drop)

    def forward(self, rows: Tensor, far: Tensor, is_last: bool) -> Tensor:
        """(n, pieces, dimension); of the last layer only the first piece of each is asked for."""
        keys, values = self._heads(self.key(rows)), self._heads(self.value(rows))
        rows = rows[:, :1] if is_last else rows
        asked = self._heads(self.query(rows))
        if torch.onnx.is_in_onnx_export():
            likeness = asked @ keys.transpose(2, 3) / math.sqrt(DIMENSION // HEADS) + far
            met = likeness.softmax(-1) @ values
        else:
            drop = self.drop.p if self.training else 0.0
            met = functional.scaled_dot_product_attention(
                asked, keys, values, attn_mask=far.to(asked.dtype), dropout_p=drop
            )
        met = met.transpose(1, 2).flatten(2)
        rows = self.first(rows + self.drop(self.joined(met)))
        thought = self.narrow(functional.gelu(self.wide(rows)))
        return self.second(rows + self.drop(thought))

    def _heads(self, rows: Tensor) -> Tensor:
        n, length, _ = rows.shape
        return rows.reshape(n, length, HEADS, DIMENSION // HEADS).transpose(1, 2)


class Network(nn.Module):
    """Pieces of a question and a stretch -> the log odds that the stretch answers."""

    def __init__(self, layers: int = LAYERS, drop: float = 0.1) -> None:
        super().__init__()
        self.places = nn.Parameter(torch.zeros(LONGEST, DIMENSION))
        self.sides = nn.Parameter(torch.zeros(2, DIMENSION))
        self.norm = nn.LayerNorm(DIMENSION, eps=1e-12)
        self.layers = nn.ModuleList([Layer(drop) for _ in range(layers)])
        self.drop = nn.Dropout(drop)
        self.out = nn.Sequential(
            nn.Linear(DIMENSION + MEASURES, 128), nn.GELU(), nn.Dropout(drop), nn.Linear(128, 1)
        )

    def forward(self, pieces: Tensor, sides: Tensor, there: Tensor, measures: Tensor) -> Tensor:
        """(n,) log odds.

        pieces: (n, pieces, dimension), sides: 0 of the question's, 1 of the stretch's, there: which
        are there; measures: (n, 4); see index.reranker.
        """
        placed = pieces + self.places[: pieces.shape[1]] + self.sides[sides]
        rows = self.drop(self.norm(placed))
        far = (~there[:, None, None]).to(rows.dtype) * FAR
        for number, layer in enumerate(self.layers, start=1):
            rows = layer(rows, far, number == len(self.layers))
        odds: Tensor = self.out(torch.cat([rows[:, 0], measures], -1)).squeeze(-1)
        return odds

    def start(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the encoder's weights, by the names that its file gives them."""
        self.places.data = weights["embeddings.position_embeddings.weight"]
        self.sides.data = weights["embeddings.token_type_embeddings.weight"]
        parts = {"embeddings.LayerNorm": self.norm}
        for number, layer in enumerate(self.layers):
            own = f"encoder.layer.{number}."
            parts |= {
                own + "attention.self.query": layer.query,
                own + "attention.self.key": layer.key,
                own + "attention.self.value": layer.value,
                own + "attention.output.dense": layer.joined,
                own + "attention.output.LayerNorm": layer.first,
                own + "intermediate.dense": layer.wide,
                own + "output.dense": layer.narrow,
                own + "output.LayerNorm": layer.second,
            }
        for name, part in parts.items():
            part.weight.data = weights[f"{name}.weight"]
            part.bias.data = weights[f"{name}.bias"]
