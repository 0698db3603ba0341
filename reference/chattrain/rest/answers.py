"""How routes describe their answers, and the refusals that many share."""

from typing import Any

from fastapi import HTTPException
from pydantic import BaseModel

from reference.chattrain.catalogue import Entry
from reference.chattrain.parts import Parts
from reference.chattrain.rest.shapes import InvalidInput, Problem

_SENTENCES = {
    304: "The document has not changed.",
    400: "The input cannot be read.",
    401: "A key or token is missing.",
    403: "This is not allowed.",
    404: "There is nothing here under this name.",
    405: "This address does not take this method.",
    413: "This is too large.",
    429: "Too many calls; Retry-After says when to go on.",
    503: "The service cannot do this at the moment; Retry-After says when to try again.",
}


def refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers `codes` of a route for `/openapi.json`."""
    described: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        if code == 422:
            described[code] = {"model": InvalidInput, "description": "The input breaks a rule."}
        elif code == 304:
            described[code] = {"description": _SENTENCES[code]}
        else:
            described[code] = {"model": Problem, "description": _SENTENCES[code]}
    return described


def success(model: type[BaseModel] | Any) -> dict[str, Any]:
    """Describe the answer of a route that builds it itself, without sending it through the model."""
    return {"response_model": model}


def scenario_named(parts: Parts, text_id: str) -> Entry:
    """Find a listed scenario or answer 404."""
    entry = parts.catalogue.by_text_id(text_id)
    if entry is None:
        raise HTTPException(404, "There is no such scenario.")
    return entry
