"""Names that lead elsewhere, on every service that takes one: in addresses, in bodies, and as names of uploads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.inputs import Mistake
from countersign.expect.traces import Place, Trace
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.access.outside import escaped, escaped_name, removes_escaped
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.description import read_description
from countersign.systems.modelhub.forms import PNG, Upload, form

GONE, BUSY, INVALID = 404, 409, 422
OK = 200
FOREIGN = (
    Trace.like("the accounts of the machine", r"root:.{0,20}:0:0:"),
    Trace.of("what stands in the file beside the folder of models", "nobody may read this"),
)


@dataclass(frozen=True)
class LeadingNames:
    """What each name met, what the names of uploads met, everything that was answered, and what escaped."""

    named: list[Mistake]
    uploads: list[Mistake]
    escaped: list[str]

    @property
    def places(self) -> list[Place]:
        """All answers as they were worded."""
        return [
            Place(f"the answer to {each.what}", each.answer.body.decode("utf-8", "replace"))
            for each in (*self.named, *self.uploads)
        ]

    def measure(self, stage: Any, least: int) -> None:
        """Journal how many names were tried."""
        count = len(self.named) + len(self.uploads)
        measure_count(stage, "names that lead elsewhere", count, least=least, of=count, load="1 user", required=least)


def tries_leading_names(user: HubUser) -> LeadingNames:
    """Try every name of the material wherever the published description lets one stand, and in every upload."""
    hub, material = user.hub, personas.material("modelhub_inputs")
    looks_at_disk = "model-files" in user.system.capabilities
    if looks_at_disk:
        hub.stage.at_end(lambda: removes_escaped(hub), "removing what escaped")
        bait = hub.models_folder.parent / escaped_name(hub)
        bait.write_text("nobody may read this", encoding="utf-8")
    else:
        hub.stage.recorder.say("not looked at: what is written outside (the target names no folder of models here)")
    names = [{way: each[way].replace("{escaped}", escaped_name(hub)) for way in each} for each in material["names"]]
    named = [*_in_addresses(user, names), *_in_bodies(user, names, material)]
    uploads = list(_as_uploads(user, names))
    left = [path for path in escaped(hub) if path != str(bait.resolve())] if looks_at_disk else []
    return LeadingNames(named, uploads, left)


def _in_addresses(user: HubUser, names: list[dict[str, str]]) -> Iterator[Mistake]:
    told = user.api.ask("GET", "//openapi.json").must_be(OK).json()
    for service in read_description(told, user.system.name).services:
        if "{}" not in service.path:
            continue
        # An administrator meets no refusal for who they are: what is refused is the name.
        for name in names:
            path = service.path.replace("{}", name["address"])
            body: dict[str, str] | None = {} if service.method in ("post", "put") else None
            params = {"enabled": "true"} if service.method == "put" else None
            answer = user.hub.admin.ask(service.method.upper(), f"/{path}", json=body, params=params)
            what = f"{name['address']} in {service.method.upper()} {service.path}"
            # A name with a slash in it is no name of this service, but an address that nobody answers at.
            yield Mistake(what, answer, (GONE, INVALID))


def _in_bodies(user: HubUser, names: list[dict[str, str]], material: Mapping[str, Any]) -> Iterator[Mistake]:
    for row in material["named_in_bodies"]:
        if row.get("needs", "") and row["needs"] not in user.system.capabilities:
            continue
        method, path = row["ask"].split(" ", 1)
        for name in names:
            if row.get("a_path") and "a_path" in name:
                continue
            answer = user.api.ask(method, path, json={**row["body"], row["field"]: name["body"]})
            yield Mistake(f"{name['body']!r} as {row['field']} of {row['ask']}", answer, (GONE, INVALID))


def _as_uploads(user: HubUser, names: list[dict[str, str]]) -> Iterator[Mistake]:
    for name in names:
        if "\0" in name["body"]:
            continue
        fields = {"model_type": "i2v-A14B", "prompt": "A paper boat", "allow_mock": "true"}
        body, headers = form(fields, {"image": Upload(name["body"], PNG)})
        answer = user.api.ask("POST", "/generation/submit", content=body, headers=headers)
        yield Mistake(f"an image of the name {name['body']!r}", answer, (OK, GONE, BUSY, INVALID))
