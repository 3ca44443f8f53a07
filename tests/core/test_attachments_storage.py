"""Files by their content: whole or not at all."""

import hashlib

import pytest

from core.attachments.storage import Damaged, Storage

CONTENT = "锦江".encode() * 1000


@pytest.fixture(params=["file", "memory"])
def kept(request, tmp_path):
    return Storage("memory:///" if request.param == "memory" else tmp_path.as_uri())


def test_what_is_put_is_got_back(kept):
    digest = kept.put(CONTENT)
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert kept.get(digest) == CONTENT
    assert kept.put(CONTENT) == digest
    assert list(kept.digests()) == [digest]


def test_absent_file_is_damage(kept):
    with pytest.raises(Damaged, match="missing"):
        kept.get("0" * 64)


@pytest.mark.parametrize("name", ["../secret", "", "A" * 64, "0" * 63])
def test_only_digests_are_names(kept, name):
    with pytest.raises(ValueError, match="digest"):
        kept.get(name)


def test_changed_file_is_noticed_and_mended_by_the_next_put(tmp_path):
    kept = Storage(tmp_path.as_uri())
    digest = kept.put(CONTENT)
    path = tmp_path / digest[:2] / digest
    path.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(Damaged, match="changed"):
        kept.get(digest)
    kept.put(CONTENT)
    assert kept.get(digest) == CONTENT


def test_left_overs_of_a_killed_process_are_no_files(tmp_path):
    kept = Storage(tmp_path.as_uri())
    digest = kept.put(CONTENT)
    (tmp_path / digest[:2] / f"{digest}#1").write_bytes(b"half")
    assert list(kept.digests()) == [digest]


def test_folder_may_have_spaces_and_chinese_signs(tmp_path):
    kept = Storage((tmp_path / "附件 folder").as_uri())
    assert kept.get(kept.put(CONTENT)) == CONTENT
    assert (tmp_path / "附件 folder").is_dir()
