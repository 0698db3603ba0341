"""Wrong input of every kind for every service, and right input that is used as it was sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.expect.modelhub.inputs import Mistake, Used
from countersign.expect.traces import Place, Trace
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.access.signing_in import SERVICE, client_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.written import text_of, written
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.forms import PNG, Upload, form
from countersign.transport.answer import Answer

JSON = {"Content-Type": "application/json"}
GONE, TOO_LARGE, INVALID = 404, 413, 422
INSIDE = (
    Trace.like("a traceback", r"Traceback|File \\?\"|, line \d+"),
    Trace.like("a module or class of the program", r"\w+\.py\b|\b(?:fastapi|starlette|pydantic|sqlalchemy|sqlite3?)\b"),
    Trace.like("a path of the disk", r"(?<![\w.:/])/(?:home|usr|tmp|var|opt|root|etc|work)/"),
    Trace.like("a query of the database", r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bno such table\b"),
    Trace.like("an address of the network", r"\b127\.0\.0\.1\b|\blocalhost\b|\b0x[0-9a-f]{6,}\b"),
)


@dataclass
class Mistakes:
    """The mistakes, the answers to a right question after each service, and values that were accepted."""

    all: list[Mistake] = field(default_factory=list)
    afterwards: list[Answer] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """The refusals as they were worded."""
        return [Place(f"the refusal of {each.what}", each.answer.text) for each in self.all]

    def measure(self, stage: Any, least: int) -> None:
        """Journal how many mistakes there were."""
        count = len(self.all)
        measure_count(stage, "wrong requests", count, least=least, of=count, load="1 user", required=least)


class Blunderer:
    """Makes every mistake of the material. Rows of a missing capability are left out, and that is noted."""

    def __init__(self, user: HubUser) -> None:
        self.user = user
        self.material: Mapping[str, Any] = personas.material("modelhub_inputs")
        self._askers = {"user": user.api, "admin": user.hub.admin, "nobody": client_of(user)}
        self.made = Mistakes()

    def blunders(self) -> Mistakes:
        """Make all mistakes, with a right question on the same connection after each service."""
        for row in self.material["services"]:
            if self._offered(row):
                self._collect(self._spoilt(row), row)
        for row in self.material["addresses"]:
            self._collect(self._address(row), row)
        for place in self.material["ids"]:
            self._collect(self._unknown(place), {"who": "admin"})
        self._collect(self._images(), {})
        return self.made

    def _collect(self, mistakes: Iterator[Mistake], row: Mapping[str, Any]) -> None:
        self.made.all += mistakes
        who = row.get("who", "user")
        self.made.afterwards.append(self._askers["user" if who == "nobody" else who].ask("GET", SERVICE))

    def _offered(self, row: Mapping[str, Any]) -> bool:
        need = row.get("needs", "")
        lacking = bool(need) and need not in self.user.system.capabilities
        if lacking:
            self.user.stage.recorder.say(f"left out: {row['ask']} (the target has no {need})")
        return not lacking

    def _spoilt(self, row: Mapping[str, Any]) -> Iterator[Mistake]:
        api, inside = self._askers[row.get("who", "user")], row.get("inside", "")
        method, path = row["ask"].split(" ", 1)
        statuses = tuple(row.get("statuses", (INVALID,)))

        def asked(what: str, body: Any, named: str) -> Mistake:
            whole = {inside: body} if inside else body
            return Mistake(f"{what} for {method} {path}", api.ask(method, path, json=whole), statuses, named)

        for name, kind in row["fields"].items():
            for what, value in self.material["wrong"][kind].items():
                yield asked(f"{what} as {name}", {**row["body"], name: written(value)}, name)
        for name in row.get("must", ()):
            yield asked(f"no {name}", {key: value for key, value in row["body"].items() if key != name}, name)
        if row.get("unknown"):
            answer = api.ask(method, path, json={**row["body"], row["unknown"]: "no-such-model"})
            yield Mistake(f"an unknown model for {method} {path}", answer, (GONE,))
        yield from self._bodies(api, method, path, row.get("must"))

    def _bodies(self, api: ModelHubApi, method: str, path: str, must: Any) -> Iterator[Mistake]:
        for what, raw in self.material["bodies"].items():
            if what != "nothing" or must:
                answer = api.ask(method, path, content=raw, headers=JSON)
                yield Mistake(f"a body that is {what} for {method} {path}", answer, (INVALID,))
        large = f'{{"prompt": "{text_of(self.material["too_large"])}"}}'
        answer = api.ask(method, path, content=large, headers=JSON)
        yield Mistake(f"a body that is too large for {method} {path}", answer, (TOO_LARGE,))

    def _address(self, row: Mapping[str, Any]) -> Iterator[Mistake]:
        method, path = row["ask"].split(" ", 1)
        api = self._askers[row.get("who", "user")]
        sent = {"content": row["raw"], "headers": JSON} if "raw" in row else {"json": row.get("body")}
        statuses = tuple(row.get("statuses", (INVALID,)))
        what = f"{row['ask']} with {row.get('raw', row.get('body', 'no body'))}"
        yield Mistake(what, api.ask(method, path, **sent), statuses, row.get("named", ""))

    def _unknown(self, place: str) -> Iterator[Mistake]:
        method, path = place.split(" ", 1)
        for name in self.material["unknown"]:
            body: dict[str, str] | None = {} if path.endswith(("/check", "/repair")) else None
            answer = self._askers["admin"].ask(method, path.replace("{}", name), json=body)
            yield Mistake(f"the unknown {name} for {place}", answer, (GONE, INVALID))

    def _images(self) -> Iterator[Mistake]:
        """Send images that are none, that are too large, and none where one is needed."""
        large = PNG + b"x" * (self.material["largest_image"] - len(PNG))
        wishes: dict[str, tuple[dict[str, Upload], tuple[int, ...]]] = {
            "a text as the image": ({"image": Upload("boat.png", b"this is no image")}, (INVALID,)),
            "a script as the image": ({"image": Upload("boat.png", b"<script>alert(1)</script>")}, (INVALID,)),
            "an empty image": ({"image": Upload("boat.png", b"")}, (INVALID,)),
            "no image": ({}, (INVALID,)),
            "an image that is too large": ({"image": Upload("boat.png", large)}, (TOO_LARGE,)),
        }
        for what, (files, statuses) in wishes.items():
            body, headers = form({"model_type": "i2v-A14B", "prompt": "A paper boat"}, files)
            answer = self.user.api.ask("POST", "/generation/submit", content=body, headers=headers)
            yield Mistake(f"{what} for a generation from an image", answer, statuses, "image")


def blunders(user: HubUser) -> Mistakes:
    """Make every mistake."""
    return Blunderer(user).blunders()


def sends_what_is_allowed(user: HubUser) -> Mistakes:
    """Send values at the edges of what is allowed, and find each of them again."""
    wishes, api, made = personas.material("modelhub_inputs")["used"], user.api, Mistakes()
    told = api.generation.submit("t2v-A14B", "A paper boat", allow_mock=True, **wishes["submitted"])
    shown = {**told["parameters"], "priority": told["priority"]}
    made.used += [
        Used(f"{name} of a generation", value, shown.get(name)) for name, value in wishes["submitted"].items()
    ]
    api.config.try_preferring(wishes["preferred"]).must_be(200)
    preferred = api.config.preferences()
    for section, values in wishes["preferred"].items():
        made.used += [
            Used(f"{name} of {section}", value, preferred[section].get(name)) for name, value in values.items()
        ]
    api.downloads.start("ti2v-5B", **wishes["managed"])
    progress = api.downloads.progress("ti2v-5B").raw
    made.used += [Used(f"{name} of a download", value, progress.get(name)) for name, value in wishes["managed"].items()]
    return made
