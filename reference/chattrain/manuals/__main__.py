"""Print every manual text of this folder as a PDF into the content folder of its scenario.

The PDFs are part of the repository; run this after a text was changed. The same text always gives the same file.
"""

from pathlib import Path

from reference.chattrain.manuals.press import pdf

HERE = Path(__file__).parent
CONTENT = HERE.parent / "content"
PRINTED = {
    "service_manual.txt": CONTENT / "customer_service_v1" / "service_manual.pdf",
    "claim_guide.txt": CONTENT / "claim_handling_v1" / "claim_guide.pdf",
}


def main() -> None:
    """Print all manuals and say where each went."""
    for name, target in PRINTED.items():
        target.write_bytes(pdf((HERE / name).read_text(encoding="utf-8")))
        print(f"{name} -> {target.relative_to(HERE.parent)} ({target.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
