"""JSON Web Tokens, signed with HS256."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

import jwt

ALGORITHM = "HS256"
EVERY_CLAIM = ("sub", "iat", "exp", "type", "jti")
Kind = Literal["access", "refresh"]


class BadToken(Exception):
    """The token is not one of ours, or not good any more."""


class Expired(BadToken):
    """The token is one of ours, and its time is over."""


@dataclass(frozen=True)
class Claims:
    """What a good token says. `expires` is in seconds since 1970."""

    user_id: str
    jti: str
    kind: Kind
    expires: float


class TokenMint:
    """Makes and reads tokens."""

    def __init__(
        self, secret: str, access_seconds: float, refresh_seconds: float, required: Sequence[str] = EVERY_CLAIM
    ) -> None:
        """Sign with `secret`. A token that lacks one of the `required` claims is none of ours."""
        self._secret = secret
        self._required = list(required)
        self.seconds: dict[Kind, float] = {"access": access_seconds, "refresh": refresh_seconds}

    def make(self, user_id: str, kind: Kind, jti: str) -> str:
        """Make a token."""
        begun, life = int(time.time()), self.seconds[kind]
        expires = begun + (int(life) if float(life).is_integer() else life)
        claims = {"sub": user_id, "iat": begun, "exp": expires, "type": kind, "jti": jti}
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str, kind: Kind) -> Claims:
        """Read a token of a kind. Raises BadToken, Expired."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=[ALGORITHM],
                options={"require": self._required, "verify_exp": False},
            )
            user_id, expires = str(UUID(claims["sub"])), float(claims["exp"])
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
            raise BadToken from None
        if claims["type"] != kind:
            raise BadToken
        if expires <= time.time():
            raise Expired
        return Claims(user_id, str(claims.get("jti", "")), kind, expires)

    @staticmethod
    def new_id() -> str:
        """Give a fresh token id."""
        return str(uuid4())
