"""Vectors are kept by model and text, and found again by passage id."""

import dataclasses
import os
import subprocess
import sys

import numpy as np
import pytest

from index.encode import MiniLM, OnnxEncoder, model_folder
from index.kept import KeptEncoder
from index.vectors import VectorIndex
from kb.errors import MissingPartError


@pytest.fixture
def kept(encoder, tmp_path):
    made = KeptEncoder(encoder, tmp_path / "kept.sqlite")
    yield made
    made.close()


def test_kept_vectors_are_those_of_the_encoder(kept, encoder):
    texts = ["nets", "boats", "nets"]
    kept.encode(texts)
    np.testing.assert_array_equal(kept.encode(texts), encoder.encode(texts))


def test_a_text_is_encoded_once(kept):
    kept.encode(["nets", "boats", "nets"])
    kept.encode(["boats"])
    assert kept.encoded == 2


def test_vectors_are_kept_over_runs(encoder, tmp_path):
    for _ in range(2):
        kept = KeptEncoder(encoder, tmp_path / "kept.sqlite")
        kept.encode(["nets"])
        kept.close()
    assert kept.encoded == 0


def test_another_model_does_not_get_the_vectors_of_this_one(encoder, tmp_path):
    KeptEncoder(encoder, tmp_path / "kept.sqlite").encode(["nets"])
    other = KeptEncoder(dataclasses.replace(encoder, sha256="1" * 64), tmp_path / "kept.sqlite")
    other.encode(["nets"])
    assert other.encoded == 1


def test_no_texts_give_no_rows(kept):
    assert kept.encode([]).shape == (0, 64)


def test_a_vector_that_is_withdrawn_leaves_the_others(kept):
    kept.encode(["nets", "boats"])
    kept.keep_only([("boats", "en")])
    kept.encode(["boats"])
    assert kept.encoded == 2
    kept.encode(["nets"])
    assert kept.encoded == 3


def test_the_nearest_vector_comes_first_and_ties_come_by_id():
    rows = np.array([[0, 1], [1, 0], [1, 0]], dtype=np.float32)
    index = VectorIndex.build([5, 9, 2], rows)
    found = index.search(np.array([1, 0], dtype=np.float32), 3)
    assert found == [(2, 1.0), (9, 1.0), (5, 0.0)]


def test_an_index_is_the_same_after_saving(encoder, store, tmp_path):
    build = store.build()
    index = VectorIndex.build([3, 1], encoder.encode(["nets", "boats"]))
    index.save(tmp_path, encoder, build.passages_sha256)
    loaded = VectorIndex.load(tmp_path, dataclasses.replace(build, passages=2))
    assert (loaded.ids, len(loaded)) == ([1, 3], 2)
    assert loaded.search(encoder.encode(["nets"])[0], 1)[0][0] == 3


def test_an_empty_index_finds_nothing():
    index = VectorIndex.build([], np.zeros((0, 2), dtype=np.float32))
    assert index.search(np.array([1, 0], dtype=np.float32), 5) == []


@pytest.mark.model
def test_the_exported_encoder_agrees_with_sentence_transformers(tmp_path, monkeypatch):
    from sentence_transformers import SentenceTransformer

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    texts = ["nets", "¿Quién dijo eso?", "The quay is to be rebuilt. " * 60, "How many boats?"]
    ours = MiniLM().encode(texts)
    theirs = SentenceTransformer(str(model_folder()), device="cpu").encode(
        texts, normalize_embeddings=True
    )
    assert (ours * theirs).sum(axis=1).min() >= 0.9999


def test_a_broken_export_says_what_to_do(tmp_path):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no graph")
    with pytest.raises(MissingPartError, match="Delete it"):
        OnnxEncoder("toy", "0", broken, model_folder() / "tokenizer.json").encode(["nets"])


@pytest.mark.model
def test_the_models_runtime_tells_its_maker_nothing(tmp_path):
    asked = "from index.spanish import SpanishEncoder; SpanishEncoder().encode(['redes'])"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", asked], env={**os.environ, **home}, check=True)
    assert list(tmp_path.rglob("*")) == []  # it keeps what it has to tell in the cache folder
