"""Tokens that were not made by the system: altered ones, unsigned ones, ones signed with a guessed key."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from countersign.errors import ContractBroken

GUESSED: Mapping[str, bytes] = {"a guessed key": b"secret", "an empty key": b""}


def forged_tokens(genuine: str, other_user: str, keys: Mapping[str, bytes] = GUESSED) -> dict[str, str]:
    """Give forged tokens by what was done to a genuine one. Raises ContractBroken if that is no JSON Web Token.

    Each claims what a genuine token claims, so that only its signature can give it away. `other_user` is the id that
    the altered one claims, `keys` are keys to sign with that are not the system's, by what they are.
    """
    head, claims, signature = parts_of(genuine)
    unsigned = {**head, "alg": "none"}
    return {
        "a token altered to another user": altered_token(genuine, sub=other_user),
        "a token with an altered signature": f"{genuine.rpartition('.')[0]}.{_altered(signature)}",
        "a token without its signature": f"{genuine.rpartition('.')[0]}.",
        "a token that says it needs no signature": f"{_written(unsigned)}.{_written(claims)}.",
        "a token that says NONE and keeps the signature": (
            f"{_written({**head, 'alg': 'NONE'})}.{_written(claims)}.{signature}"
        ),
        **{f"a token signed with {what}": signed(head, claims, key) for what, key in keys.items()},
    }


def altered_token(genuine: str, **claims: Any) -> str:
    """Give a genuine token with other claims under its old signature. Raises ContractBroken if it is none."""
    head, said, signature = parts_of(genuine)
    return f"{_written(head)}.{_written({**said, **claims})}.{signature}"


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Give header, claims and signature of a token. Raises ContractBroken if it is no JSON Web Token."""
    try:
        head, claims, signature = token.split(".")
        return _read(head), _read(claims), signature
    except ValueError as error:
        raise ContractBroken("an access token is no JSON Web Token of three parts") from error


def signed(head: Mapping[str, Any], claims: Mapping[str, Any], key: bytes) -> str:
    """Make a token signed with a key (HS256)."""
    body = f"{_written(head)}.{_written(claims)}"
    return f"{body}.{_encoded(hmac.new(key, body.encode('ascii'), hashlib.sha256).digest())}"


def _altered(signature: str) -> str:
    return ("B" if signature[:1] == "A" else "A") + signature[1:]


def _written(part: Mapping[str, Any]) -> str:
    return _encoded(json.dumps(part, separators=(",", ":")).encode("utf-8"))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _read(part: str) -> dict[str, Any]:
    read = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(read, dict):
        raise ValueError(part)
    return read
