"""Look at a ChatTrain before the run: is it there, is it a ChatTrain, and what can it show?

What a client cannot use at all (nobody there, a web page instead of the API, no chat socket) becomes the system's
`problem`, so that one plain sentence stands in the report and not a hundred misleading failures. Whatever is merely
wrong is left to the criteria.
"""

from collections.abc import Sequence
from dataclasses import replace

from countersign.errors import DeadlineExceeded, HandshakeRefused, SystemFault, SystemUnreachable
from countersign.evidence import Recorder
from countersign.systems.capabilities import Capabilities, described_paths
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.chat import Chat, socket_url
from countersign.systems.chattrain.model import Session
from countersign.target.live import LiveSystem

WITHIN = 4.0
PROBES = {
    "history": ("GET", "/api/sessions/{}", "/api/sessions/0"),
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
        found = Capabilities(system, declared, without)
        _settle(found, api, session)
        return replace(system, capabilities=frozenset(found.present), missing=found.missing, version=_version(api))
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


def _settle(found: Capabilities, api: ChatTrainApi, session: Session) -> None:
    found.settle("session-token", bool(session.token), "a new session comes without session_token")
    described = described_paths(api.client)
    for name, (method, template, probe) in PROBES.items():
        there = template in described or api.ask(method, probe).status not in {404, 405}
        found.settle(name, there, f"{template} is not among the routes")
    found.as_declared(*DECLARABLE)
    found.of_the_suite()


def _version(api: ChatTrainApi) -> str:
    try:
        return api.health().version
    except SystemFault:
        return ""  # a broken health check is for its criterion to refute
