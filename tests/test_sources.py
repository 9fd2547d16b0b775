"""Which files are read, and what is read of them."""

import hashlib

import pytest

from ingest.sources import find_files, fingerprint, read_source
from kb.errors import SourceError


def test_a_folder_gives_its_known_files_sorted(tmp_path):
    (tmp_path / "inner").mkdir()
    for name in ("b.txt", "a.TXT", "inner/c.text", "notes.md", "picture.png"):
        (tmp_path / name).write_text("words", encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a.TXT", "b.txt", "inner/c.text"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    assert find_files([tmp_path / "a.txt", tmp_path]) == [tmp_path / "a.txt"]


def test_a_folder_without_a_known_file_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"no file to read in this folder\. Known formats: \.txt"):
        find_files([tmp_path])


def test_a_file_without_a_suffix_is_refused(tmp_path):
    (tmp_path / "README").write_text("words", encoding="utf-8")
    with pytest.raises(SourceError, match="no reader for “no suffix”"):
        find_files([tmp_path / "README"])


def test_a_source_is_cited_by_its_name_and_not_by_its_folder(tmp_path):
    (tmp_path / "nets.txt").write_bytes(b"Nets.\r\nBoats.\f")
    source = read_source(tmp_path / "nets.txt")
    assert (source.name, source.media_type) == ("nets.txt", "text/plain")
    assert source.text == "Nets.\r\nBoats.\f"
    assert source.sha256 == hashlib.sha256(b"Nets.\r\nBoats.\f").hexdigest()


def test_a_byte_order_mark_is_no_character(tmp_path):
    (tmp_path / "nets.txt").write_bytes(b"\xef\xbb\xbfNets.")
    assert read_source(tmp_path / "nets.txt").text == "Nets."


def test_the_line_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "nets.txt").write_bytes(b"Nets.\nBoats.\nca\xf1a\n")
    with pytest.raises(SourceError, match=r"line 3 is not UTF-8 \(byte 0xf1\)"):
        read_source(tmp_path / "nets.txt")


@pytest.mark.parametrize(
    ("name", "content", "is_same"),
    [("a.txt", "Nets.", True), ("a.txt", "Nets!", False), ("b.txt", "Nets.", False)],
    ids=["same", "other words", "other name"],
)
def test_a_fingerprint_tells_names_and_bytes(tmp_path, name, content, is_same):
    (tmp_path / "a.txt").write_text("Nets.", encoding="utf-8")
    before = fingerprint([tmp_path / "a.txt"])
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert (fingerprint([tmp_path / name]) == before) is is_same
