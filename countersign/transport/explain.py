"""What went wrong on the wire, in words a reader of the report can act on."""

import ssl

import httpcore

from countersign.errors import ContractBroken, LineClosed, SystemFault, SystemUnreachable
from countersign.evidence import Redact
from countersign.transport.network import Progress, readable


def unreachable(error: BaseException, address: str, what: str) -> SystemUnreachable:
    """Say why no connection came about; `error` is the socket's."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return SystemUnreachable(
            f"{what}: the certificate of {address} is not trusted ({error.verify_message}). "
            "Name the authority that issued it in the target."
        )
    if isinstance(error, ssl.SSLError):
        return SystemUnreachable(
            f"{what}: {address} does not speak TLS as expected ({error.reason}). "
            "Is it without TLS there, or another port?"
        )
    reason = getattr(error, "strerror", None) or str(error)
    return SystemUnreachable(
        f"{what}: nobody answers at {address} ({reason}). Is it started, and is its address in the target right?"
    )


def broken_off(error: Exception, progress: Progress, address: str, what: str, redact: Redact) -> SystemFault:
    """Say how an answer over HTTP ended before it was whole, or what came instead of one."""
    if not progress.received:
        return LineClosed(f"{what}: the connection was closed before one byte of an answer came")
    seen = redact(readable(progress.beginning, 1000))[:200]
    if not progress.beginning.startswith(b"HTTP/"):
        return ContractBroken(f"{what}: expected HTTP at {address}, got {seen!r}. Is it the right port of the target?")
    if "closed" in str(error) or "disconnected" in str(error) or isinstance(error, httpcore.ReadError):
        return LineClosed(
            f"{what}: the connection was closed in the middle of an answer, after {progress.received} bytes: {seen!r}"
        )
    return ContractBroken(f"{what}: the answer breaks HTTP ({redact(str(error))}): {seen!r}")
