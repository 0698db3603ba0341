"""The bearer token of control routes."""

import hmac

from starlette.requests import HTTPConnection


def carries_token(connection: HTTPConnection, token: str) -> bool:
    """Tell whether the request has the header `Authorization: Bearer <token>`."""
    scheme, _, given = connection.headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
