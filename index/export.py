"""The packaged encoder -> one ONNX file. The only module that needs torch."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor
from transformers.utils import logging

OPSET = 17


class _Sentence(torch.nn.Module):
    """Token vectors, and their mean over the text, length 1: what sentence-transformers does in
    three modules.
    """

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Rows (n, dimension) of length 1 for ids and mask of (n, tokens), and the tokens' own
        (n, tokens, dimension).
        """
        hidden = self.model(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        kept = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * kept).sum(1) / kept.sum(1)
        return torch.nn.functional.normalize(mean, dim=1), hidden


def export(folder: Path, target: Path) -> None:
    """Write a sentence-transformers model with mean pooling as an ONNX file.

    The file is whole or not there: it is written under another name first.
    """
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    target.parent.mkdir(parents=True, exist_ok=True)
    loaded = SentenceTransformer(
        str(folder),
        device="cpu",
        local_files_only=True,
        model_kwargs={"attn_implementation": "eager"},
    )
    example = torch.ones(2, 9, dtype=torch.long)
    axes = {0: "texts", 1: "tokens"}
    partial = target.with_suffix(f".{os.getpid()}.partial")
    with warnings.catch_warnings():
        # The tracer warns of branches that depend on shapes; a test compares the vectors.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Sentence(loaded[0].auto_model).eval(),
            (example, example),
            str(partial),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors", "tokens"],
            dynamic_axes={
                "input_ids": axes,
                "attention_mask": axes,
                "vectors": {0: "texts"},
                "tokens": axes,
            },
            opset_version=OPSET,
            dynamo=False,
        )
    os.replace(partial, target)
