"""The shipped documents are whole, and the press writes PDFs that programs can read."""

import re
from pathlib import Path

import pytest

from reference.chattrain.catalogue import Entry
from reference.chattrain.clock import now
from reference.chattrain.documents import (
    Document,
    DocumentForbidden,
    DocumentMissing,
    DocumentNotText,
    DocumentServer,
    DocumentTooLarge,
)
from reference.chattrain.manuals.__main__ import HERE, PRINTED
from reference.chattrain.manuals.press import pdf
from reference.chattrain.scenario import DocumentReference, Scenario
from reference.chattrain.settings import Settings

CONTENT = Settings().content_path


def entry(scenario: Scenario, folder: Path | None = None) -> Entry:
    return Entry(1, scenario, folder or CONTENT / scenario.id, now())


def shipped(scenarios: dict[str, Scenario]) -> list[Document]:
    return [
        DocumentServer().fetch(entry(scenario), document.filename)
        for scenario in scenarios.values()
        for document in scenario.documents
    ]


def test_every_document_is_there_and_larger_than_five_kilobytes(scenarios: dict[str, Scenario]) -> None:
    documents = shipped(scenarios)
    assert len(documents) == 6
    assert min(len(document.content) for document in documents) > 5 * 1024


def test_the_pdfs_are_the_print_of_their_texts() -> None:
    for name, target in PRINTED.items():
        assert target.read_bytes() == pdf((HERE / name).read_text(encoding="utf-8")), "run reference.chattrain.manuals"


def test_a_pdf_is_one_from_head_to_foot() -> None:
    for target in PRINTED.values():
        printed = target.read_bytes()
        assert printed.startswith(b"%PDF-1.4\n")
        assert printed.endswith(b"%%EOF\n")
        table = int(re.search(rb"startxref\n(\d+)\n", printed)[1])  # type: ignore[index]
        assert printed[table:].startswith(b"xref\n")
        offsets = [int(line[:10]) for line in printed[table:].splitlines()[3:] if line.endswith(b" n ")]
        assert offsets
        for number, offset in enumerate(offsets, start=1):
            assert printed[offset:].startswith(b"%d 0 obj\n" % number)
        for length, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", printed, re.DOTALL):
            assert int(length) == len(stream)


def test_the_listing_says_what_is_served(scenarios: dict[str, Scenario]) -> None:
    server = DocumentServer()
    for scenario in scenarios.values():
        for item in server.listing(entry(scenario)):
            document = server.fetch(entry(scenario), item["filename"])
            assert (item["exists"], item["can_serve"]) == (True, True)
            assert (item["size"], item["etag"]) == (len(document.content), document.etag)


@pytest.mark.parametrize(
    ("filename", "refusal"),
    [
        ("scenario.yaml", DocumentForbidden),
        ("../customer_service_v1/service_manual.pdf", DocumentForbidden),
        ("..\\service_manual.pdf", DocumentForbidden),
        ("service_manual.pdf\0.md", DocumentForbidden),
        ("notes.txt", DocumentMissing),
        ("x" * 300 + ".md", DocumentMissing),
    ],
)
def test_nothing_else_is_served(scenarios: dict[str, Scenario], filename: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        DocumentServer().fetch(entry(scenarios["customer_service_v1"]), filename)


def test_what_a_scenario_declares_is_served_within_limits(scenarios: dict[str, Scenario], tmp_path: Path) -> None:
    names = ("large.md", "link.md", "gone.md", "picture.png", "exactly.txt")
    documents = tuple(DocumentReference(filename=name, title=name) for name in names)
    scenario = scenarios["customer_service_v1"].model_copy(update={"documents": documents})
    (tmp_path / "outside.md").write_text("a secret of the disk")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "large.md").write_bytes(b"x" * (10 * 2**20 + 1))
    (folder / "exactly.txt").write_bytes(b"x" * (10 * 2**20))
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    server, here = DocumentServer(), entry(scenario, folder)
    served = {item["filename"]: item["can_serve"] for item in server.listing(here)}
    assert served == {
        "large.md": False,
        "link.md": False,
        "gone.md": False,
        "picture.png": True,
        "exactly.txt": True,
    }
    for name, refusal in (("large.md", DocumentTooLarge), ("link.md", DocumentMissing), ("gone.md", DocumentMissing)):
        with pytest.raises(refusal):
            server.fetch(here, name)
    with pytest.raises(DocumentTooLarge):
        server.text(here, "large.md")
    with pytest.raises(DocumentNotText):
        server.text(here, "picture.png")
    assert server.missing(here) == ["link.md", "gone.md"]
