"""httpx over connections whose network knows the deadline."""

import ipaddress
import ssl
import urllib.request
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from countersign.transport.network import DeadlineBackend

# Shorter than the 5 s after which common servers close an idle connection: a request must not meet that moment.
_KEEP_ALIVE_SECONDS = 2.0


class DeadlineTransport(httpx.BaseTransport):
    """Send requests through a pool of kept connections. `ca`: file with the authorities to trust (None: the usual)."""

    def __init__(self, network: DeadlineBackend, base_url: str, ca: str | None) -> None:
        parts = urlsplit(base_url)
        tls = tls_context(ca) if parts.scheme == "https" else None
        proxy = _proxy(parts.scheme, parts.hostname or "")
        limits: dict[str, Any] = {
            "ssl_context": tls,
            # No queue for connections: waiting in it would be outside of every deadline.
            "max_connections": None,
            "keepalive_expiry": _KEEP_ALIVE_SECONDS,
            "network_backend": network,
        }
        self._pool = httpcore.HTTPProxy(proxy, **limits) if proxy else httpcore.ConnectionPool(**limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.extensions["target"],
        )
        sent = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream)
        response = self._pool.handle_request(sent)
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@lru_cache(maxsize=8)
def tls_context(ca: str | None) -> ssl.SSLContext:
    """Give the TLS settings: certificates are checked against the authorities in the file `ca`, or the usual ones."""
    # Reading the authorities takes tens of milliseconds: once a process, not once a client.
    return ssl.create_default_context(cafile=ca) if ca else httpx.create_ssl_context()


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _proxy(scheme: str, host: str) -> str | None:
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    proxy = urllib.request.getproxies().get(scheme)
    return proxy if proxy and proxy.startswith("http") else None
