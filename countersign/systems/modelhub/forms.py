"""Forms with files, written out as browsers send them."""

from collections.abc import Mapping
from dataclasses import dataclass

BOUNDARY = "countersign-form-boundary"
PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d4948445200000001000000010802000000907753de")


@dataclass(frozen=True)
class Upload:
    """A file of a form, with the name that it has at its sender."""

    name: str
    content: bytes
    kind: str = "image/png"


def form(fields: Mapping[str, str], files: Mapping[str, Upload]) -> tuple[bytes, dict[str, str]]:
    """Give the body of a form and the header that goes with it."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    for name, file in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file.name}"\r\nContent-Type: {file.kind}'
        parts.append(head.encode() + b"\r\n\r\n" + file.content)
    edge = f"--{BOUNDARY}".encode()
    body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"
    return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
