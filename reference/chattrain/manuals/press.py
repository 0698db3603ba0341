"""Set a plain text as a PDF: A4 pages in Helvetica, text that can be selected and searched, no compression.

The text is marked up by its first characters: `# ` title, `## ` heading, `- ` list item; a blank line ends a paragraph.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
LEFT, TOP, BOTTOM = 60, 775, 70


@dataclass(frozen=True)
class Style:
    """How a block is set: font ("F1" regular, "F2" bold), size and leading in points, characters that fit a line."""

    font: str
    size: int
    leading: int
    characters: int
    space_before: int


TITLE = Style("F2", 20, 26, 40, 0)
HEADING = Style("F2", 13, 18, 62, 14)
BODY = Style("F1", 11, 15, 84, 7)
FOOT = Style("F1", 9, 12, 90, 0)


@dataclass(frozen=True)
class _Line:
    text: str
    style: Style
    indent: int
    space_before: int


def pdf(text: str) -> bytes:
    """Give the PDF of a text. Raises UnicodeEncodeError for characters outside Latin-1."""
    lines = list(_lines(text))
    title = lines[0].text
    pages = _pages(lines)
    first_page = 5
    numbers = [first_page + 2 * index for index in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{number} 0 R' for number in numbers)}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = _page_stream(page, f"{title} - page {index + 1} of {len(pages)}")
        objects.append(_page_object(numbers[index] + 1))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<< /Title (%s) /Producer (ChatTrain) >>" % _escaped(title))
    return _file(objects)


def _lines(text: str) -> Iterator[_Line]:
    for block in text.strip().split("\n\n"):
        for item in _items(block):
            words, style, indent = _styled(item)
            for number, line in enumerate(textwrap.wrap(words, style.characters - indent // 5)):
                yield _Line(line, style, indent, style.space_before if number == 0 else 0)


def _styled(item: str) -> tuple[str, Style, int]:
    if item.startswith("# "):
        return item[2:], TITLE, 0
    if item.startswith("## "):
        return item[3:], HEADING, 0
    if item.startswith("- "):
        return "\u00b7 " + item[2:], BODY, 14
    return item, BODY, 0


def _items(block: str) -> list[str]:
    items: list[str] = []
    for line in block.splitlines():
        if items and not line.startswith(("- ", "#")):
            items[-1] += " " + line.strip()
        else:
            items.append(line.strip())
    return items


def _pages(lines: list[_Line]) -> list[list[tuple[int, _Line]]]:
    pages: list[list[tuple[int, _Line]]] = [[]]
    height = TOP
    for line in lines:
        height -= line.space_before + line.style.leading
        # A heading at the very bottom goes over to the next page with its text.
        needed = BOTTOM + (3 * BODY.leading if line.style is HEADING else 0)
        if height < needed:
            pages.append([])
            height = TOP - line.style.leading
        pages[-1].append((height, line))
    return pages


def _page_stream(page: list[tuple[int, _Line]], foot: str) -> bytes:
    set_lines = [_set(line.text, line.style, LEFT + line.indent, height) for height, line in page]
    return b"\n".join([*set_lines, _set(foot, FOOT, LEFT, BOTTOM - 30)])


def _set(text: str, style: Style, left: int, height: int) -> bytes:
    return b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (style.font.encode(), style.size, left, height, _escaped(text))


def _page_object(stream_number: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
        f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {stream_number} 0 R >>"
    ).encode()


def _escaped(text: str) -> bytes:
    return text.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    # The comment of bytes above 127 tells programs that copy files not to treat this one as text.
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
