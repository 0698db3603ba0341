"""Forged tokens look like good ones and are none."""

import jwt
import pytest

from countersign.errors import ContractBroken
from countersign.systems.forging import altered_token, forged_tokens, parts_of, signed

HEAD = {"alg": "HS256", "typ": "JWT"}
CLAIMS = {"sub": "somebody", "exp": 2000000000, "type": "access", "jti": "1"}
KEY = b"the real key of the system, long enough"
GENUINE = signed(HEAD, CLAIMS, KEY)


def test_a_token_is_read_and_signed_as_its_standard_says() -> None:
    assert jwt.decode(GENUINE, KEY, algorithms=["HS256"]) == CLAIMS
    assert parts_of(GENUINE)[:2] == (HEAD, CLAIMS)


def test_every_forgery_is_another_token_that_can_be_read_and_is_not_signed_with_the_key() -> None:
    forged = forged_tokens(GENUINE, "an administrator")
    assert len(set(forged.values()) | {GENUINE}) == len(forged) + 1
    for token in forged.values():
        parts_of(token)
        with pytest.raises(jwt.InvalidTokenError):
            jwt.decode(token, KEY, algorithms=["HS256"])
    altered = parts_of(forged["a token altered to another user"])[1]
    assert altered == {**CLAIMS, "sub": "an administrator"}
    assert parts_of(forged["a token that says it needs no signature"])[0]["alg"] == "none"


@pytest.mark.parametrize("token", ["", "no-token", "a.b", "a.b.c.d", "YQ.YQ.YQ"])
def test_what_is_no_token_is_named(token: str) -> None:
    with pytest.raises(ContractBroken, match="no JSON Web Token"):
        parts_of(token)


def test_a_claim_is_altered_under_the_old_signature() -> None:
    altered = altered_token(GENUINE, role="admin")
    assert parts_of(altered)[1] == {**CLAIMS, "role": "admin"}
    assert parts_of(altered)[2] == parts_of(GENUINE)[2]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(altered, KEY, algorithms=["HS256"])
