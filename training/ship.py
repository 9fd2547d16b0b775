"""A run of training.spanish_encoder -> the shipped tokenizer and ONNX file, 8 bits a weight.

Run: python -m training.ship RUN FOLDER. Prints the file's SHA-256, which index/spanish.py holds.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor
from transformers import BertConfig, BertModel

from index.encode import model_folder
from index.export import export
from index.spanish import SMALL_EMBEDDINGS

# How much of the end goes into the weights, the rest of the start: rare words keep more of their
# translations so. Source: Wortsman et al. 2022 (WiSE-FT).
SHARE = 0.7


def main(run: Path, folder: Path) -> None:
    state = mixed(torch.load(run / "step0.pt"), torch.load(run / "end.pt"))
    vocabulary = state["embeddings.word_embeddings.weight"].shape[0]
    config = BertConfig.from_pretrained(model_folder(), vocab_size=vocabulary)
    model = BertModel(config)
    model.load_state_dict(state)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name)
        model.save_pretrained(whole)
        shutil.copy(run / "tokenizer.json", whole)
        shutil.copy(model_folder() / "tokenizer_config.json", whole)
        export(whole, whole / "whole.onnx")
        # Without reduce_range, processors without VNNI overflow in the products.
        quantize_dynamic(
            whole / "whole.onnx",
            folder / "model.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )
        shrink_embeddings(folder / "model.onnx")
    shutil.copy(run / "tokenizer.json", folder)
    print(hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest())  # noqa: T201


def mixed(start: dict[str, Tensor], end: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: torch.lerp(start[name], end[name], SHARE)
        if end[name].is_floating_point()
        else end[name]
        for name in end
    }


def shrink_embeddings(path: Path) -> None:
    """Words' embeddings in 8 bits with a scale for each word; one scale for all loses too much."""
    small_name, scale_name = SMALL_EMBEDDINGS
    model = onnx.load(path)
    graph = model.graph
    table = next(i for i in graph.initializer if i.name.endswith("word_embeddings.weight"))
    rows = numpy_helper.to_array(table)
    scale = np.abs(rows).max(axis=1, keepdims=True) / 127
    small = np.round(rows / np.maximum(scale, 1e-12)).astype(np.int8)
    place, gather = next((n, g) for n, g in enumerate(graph.node) if table.name in g.input)
    ids, made = gather.input[1], gather.output[0]
    graph.initializer.remove(table)
    graph.node.remove(gather)
    graph.initializer.append(numpy_helper.from_array(small, small_name))
    graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), scale_name))
    nodes = [
        helper.make_node("Gather", [small_name, ids], ["words.row"]),
        helper.make_node("Cast", ["words.row"], ["words.wide"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [scale_name, ids], ["words.by"]),
        helper.make_node("Mul", ["words.wide", "words.by"], [made]),
    ]
    for node in reversed(nodes):
        graph.node.insert(place, node)
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
