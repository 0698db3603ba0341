"""Read forms with the standard library: names and values, and files up to a size."""

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qs

from starlette.requests import Request

from reference.modelhub.refusals import Unreadable


@dataclass(frozen=True)
class Upload:
    """A file of a form; the name that it had with its sender is never used."""

    content: bytes


async def fields(request: Request) -> dict[str, str | Upload]:
    """Read a form, urlencoded or multipart. Raises Unreadable."""
    kind, body = request.headers.get("content-type", ""), await request.body()
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    try:
        read = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError:
        raise Unreadable(["body"], "The form cannot be read.") from None
    return {name: values[-1] for name, values in read.items()}


def _multipart(kind: str, body: bytes) -> dict[str, str | Upload]:
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise Unreadable(["body"], "The form cannot be read.")
    found: dict[str, str | Upload] = {}
    for part in message.iter_parts():  # type: ignore[attr-defined]
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True) or b""
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise Unreadable(["body"], "The form cannot be read.")
        is_file = part.get_filename() is not None
        found[name] = Upload(content) if is_file else content.decode("utf-8", "replace")
    return found
