import shutil

import pytest

from index.kept import KeptEncoder
from index.make import index_maker, prove_index
from ingest.build import build
from kb.errors import ProofError, SourceError
from kb.proof import prove
from kb.records import Passage
from kb.store import Store

TEXT = "Boats\n\nThe boats go out at four and come back when the tide allows them to come.\n"


@pytest.fixture
def old(tmp_path, encoder):
    """A knowledge base that stands and serves."""
    source = tmp_path / "boats.txt"
    source.write_text(TEXT, encoding="utf-8")
    path = tmp_path / "kb.db"
    build([source], path, index_maker(encoder), encoder.sha256)
    return path


def still_serves(path):
    store = Store.open(path)
    return all(f.holds for f in (*prove(store), *prove_index(store, path)))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, r"there is no such file or folder\. Check the path"),
        ("empty.txt", b"", r"the file is empty\. Give a text with words"),
        ("binary.txt", b"ab\x00cd", r"byte 2 is NUL, so this is no text file"),
        (
            "latin.txt",
            "línea\n".encode("latin-1"),
            r"line 1 is not UTF-8 \(byte 0xed\)\. Save the file as UTF-8",
        ),
        ("signs.txt", b" \n--\n", r"no words in 5 characters"),
        ("report.xyz", b"words", r"no reader for “\.xyz”\. Known formats: \.txt"),
    ],
    ids=["missing", "empty", "binary", "not UTF-8", "no words", "unknown format"],
)
def test_a_source_that_cannot_be_read_says_why_and_loses_nothing(
    old, encoder, name, content, message
):
    bad = old.parent / name
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        build([bad], old, index_maker(encoder), encoder.sha256)
    assert still_serves(old)


def test_a_build_that_breaks_off_leaves_the_old_one_and_no_litter(old, encoder):
    (old.parent / "boats.txt").write_text(TEXT * 2, encoding="utf-8")

    def broken(store, digest, folder):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([old.parent / "boats.txt"], old, broken, encoder.sha256)
    assert still_serves(old)
    assert not list(old.parent.glob(".kb-build-*"))


def test_what_does_not_prove_never_takes_the_place(old, encoder, monkeypatch):
    (old.parent / "boats.txt").write_text(TEXT * 2, encoding="utf-8")
    monkeypatch.setattr("ingest.coverage.account", lambda reading, records, ids: [])
    with pytest.raises((ProofError, ValueError)):
        build([old.parent / "boats.txt"], old, index_maker(encoder), encoder.sha256)
    assert still_serves(old)


def test_a_rebuild_with_nothing_changed_builds_nothing(old, encoder):
    made, is_new = build([old.parent / "boats.txt"], old, index_maker(encoder), encoder.sha256)
    assert (made.passages, is_new) == (2, False)


def test_a_rebuild_encodes_only_what_changed(old, encoder):
    (old.parent / "boats.txt").write_text(
        TEXT + "\nNets are mended in spring, by hand and in the open air.\n", encoding="utf-8"
    )
    encoded = []

    class Counting(type(encoder)):
        def encode(self, texts, language="en"):
            encoded.extend(texts)
            return super().encode(texts, language)

    build([old.parent / "boats.txt"], old, index_maker(Counting()), encoder.sha256)
    assert [text for text in encoded if "boats go out" in text] == []
    assert len([text for text in encoded if " " in text]) == 1  # the passage is its sentence


def test_two_builds_of_the_same_sources_hold_the_same(tmp_path, sample, encoder):
    first, _ = build([sample], tmp_path / "a.db", index_maker(encoder), encoder.sha256)
    second, _ = build([sample], tmp_path / "b.db", index_maker(encoder), encoder.sha256)
    assert (first.passages_sha256, first.records) == (second.passages_sha256, second.records)


def test_withdrawn_words_leave_no_vector_behind(tmp_path, encoder):
    kept = KeptEncoder(encoder, tmp_path / "kept.sqlite")
    kept.encode(["nets", "boats"])
    kept.keep_only([("boats", "en")])
    kept.encode(["nets"])
    assert kept.encoded == 3


def test_only_passages_of_the_newest_build_have_vectors_on_disk(old, encoder):
    (old.parent / "boats.txt").write_text(TEXT * 2, encoding="utf-8")
    build([old.parent / "boats.txt"], old, index_maker(encoder), encoder.sha256)
    folders = [p for p in old.with_suffix(".index").iterdir() if p.is_dir()]
    assert len(folders) == 1
    assert still_serves(old)


def test_a_moved_knowledge_base_serves_with_its_index(old, tmp_path):
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(old, moved / "kb.db")
    shutil.move(old.with_suffix(".index"), moved / "kb.index")
    assert still_serves(moved / "kb.db")
    assert len(Store.open(moved / "kb.db").all(Passage)) == 2
