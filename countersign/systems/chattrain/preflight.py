"""Look at a ChatTrain before the run: is it there, is it a ChatTrain, and what can it show?

What a client cannot use at all (nobody there, a web page instead of the API, no chat socket) becomes the system's
`problem`, so that one plain sentence stands in the report and not a hundred misleading failures. Whatever is merely
wrong is left to the criteria.
"""

from collections.abc import Sequence
from dataclasses import replace

from countersign.errors import DeadlineExceeded, HandshakeRefused, SystemFault, SystemUnreachable
from countersign.evidence import Recorder
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.chat import Chat, socket_url
from countersign.systems.chattrain.model import Session
from countersign.target.live import LiveSystem

WITHIN = 4.0
PROBES = {
    "history": ("GET", "/api/sessions/{id}", "/api/sessions/0"),
    "content-admin": ("GET", "/api/content/stats", "/api/content/stats"),
    "metrics": ("GET", "/metrics", "/metrics"),
}
DECLARABLE = ("completion", "pilot-page")


def look(
    system: LiveSystem, recorder: Recorder, *, declared: Sequence[str] = (), without: Sequence[str] = ()
) -> LiveSystem:
    """Give the system with its capabilities, or with the problem that keeps it from being judged.

    `declared` and `without` are the target file's words on what cannot be discovered. Takes at most a few exchanges
    of 4 s each (times the target's patience).
    """
    api = ChatTrainApi(system, "preflight", recorder, within=WITHIN * system.patience)
    try:
        session = _can_train(api)
        _can_chat(system, session, recorder)
    except SystemFault as fault:
        return replace(system, problem=str(fault))
    else:
        present, missing = _capabilities(api, session, declared, without)
        version = _version(api)
        return replace(system, capabilities=frozenset(present), missing=missing, version=version)
    finally:
        api.close()


def _can_train(api: ChatTrainApi) -> Session:
    scenarios = api.scenarios()
    if len(scenarios) < 2:
        raise SystemFault(
            f"chattrain: offers {len(scenarios)} training scenario(s), the pilot needs at least 2 "
            "(customer service and claim handling); load the content before the run"
        )
    return api.start_session(scenarios[0].id, "preflight")


def _can_chat(system: LiveSystem, session: Session, recorder: Recorder) -> None:
    url = socket_url(system, session)
    try:
        Chat.join(system, url, actor="preflight", recorder=recorder, within=WITHIN * system.patience).close()
    except (HandshakeRefused, SystemUnreachable, DeadlineExceeded) as fault:
        raise SystemFault(f"{fault} - the API answers, but there is no chat socket at that address") from fault


def _capabilities(
    api: ChatTrainApi, session: Session, declared: Sequence[str], without: Sequence[str]
) -> tuple[set[str], dict[str, str]]:
    system, present, missing = api.system, set[str](), dict[str, str]()

    def settle(name: str, there: bool, reason: str) -> None:
        if name in without:
            missing[name] = "the target file says that this deployment does not have it"
        elif there:
            present.add(name)
        else:
            missing[name] = reason

    settle("session-token", bool(session.token), "a new session comes without session_token")
    described = _described_paths(api)
    for name, (method, template, probe) in PROBES.items():
        there = template in described or api.ask(method, probe).status not in {404, 405}
        settle(name, there, f"{template} is not among the routes")
    for name in DECLARABLE:
        settle(name, name in declared, f'not declared; add "{name}" to capabilities in the target file')
    settle("scripted-ai", system.scripted_ai is not None, "the target names no scripted AI")
    control = system.control
    for name in ("process-control", "dependency-control"):
        there = control is not None and name in control.offers
        settle(name, there, "the target gives the suite no way to do it (embedded, or commands in the target file)")
    return present, missing


def _described_paths(api: ChatTrainApi) -> set[str]:
    try:
        paths = api.ask("GET", "/openapi.json").must_be(200).json().get("paths", {})
        return {path.replace("{session_id}", "{id}") for path in paths}
    except (SystemFault, AttributeError):
        return set()  # a system without a description is probed route by route


def _version(api: ChatTrainApi) -> str:
    try:
        return api.health().version
    except SystemFault:
        return ""  # a broken health check is for its criterion to refute
