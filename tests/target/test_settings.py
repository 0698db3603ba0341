"""Target files: what is read from them, and what is said about a wrong one."""

from pathlib import Path

import pytest

from countersign.errors import TargetError
from countersign.target.settings import load_target


def write(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_live_target_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path, 'kind = "live"\npatience = 2\n[chattrain]\nurl = "http://127.0.0.1:8000"\nwithout = ["metrics"]'
    )
    target = load_target(path)
    assert (target.name, target.kind, target.patience) == ("mine", "live", 2)
    assert target.system("chattrain").without == ("metrics",)


def test_the_embedded_target_and_the_example_are_valid(tmp_path: Path) -> None:
    assert load_target("embedded").kind == "embedded"
    assert load_target("example").system("chattrain").url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", "not a TOML file"),
        ("[chattrain]\nurl = 'http://127.0.0.1:1'", "kind is missing"),
        ('kind = "alive"', "kind"),
        ('kind = "live"\n[chattrain]\nulr = "http://127.0.0.1:1"', "unknown key chattrain.ulr; did you mean url"),
        ('kind = "live"\npatiense = 2', "unknown key patiense; did you mean patience"),
        ('kind = "live"\n[chattrian]\nurl = "http://127.0.0.1:1"', "no system of this suite; did you mean chattrain"),
        ('kind = "live"\n[chattrain]', "has no url"),
        ('kind = "live"\n[chattrain]\nurl = "localhost"', "write it like"),
    ],
)
def test_a_wrong_target_file_is_named_with_key_and_remedy(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TargetError, match=words) as caught:
        load_target(write(tmp_path, text))
    assert "mine.toml" in str(caught.value)


def test_a_missing_target_names_those_there_are() -> None:
    with pytest.raises(TargetError, match="targets here are embedded, example"):
        load_target("produktion")
