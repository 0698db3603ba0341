"""Look at a model hub before the run: is it there, can the suite sign in as administrator, and what can it show?"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from countersign.errors import SystemFault
from countersign.evidence import Recorder
from countersign.systems.capabilities import Capabilities, described_paths
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.socket import TopicLine
from countersign.target.live import LiveSystem

WITHIN = 4.0
PROBES = {
    "repair": ("/models/health/{}/repair", "/models/health/none"),
    "fallback-queue": ("/models/fallback/queue", "/models/fallback/queue"),
    "updates": ("/models/updates", "/models/updates"),
    "storage": ("/models/storage", "/models/storage"),
}


def look(
    system: LiveSystem, recorder: Recorder, *, declared: Sequence[str] = (), without: Sequence[str] = ()
) -> LiveSystem:
    """Give the system with its capabilities, or with the problem that keeps it from being judged."""
    api = ModelHubApi(system, "preflight", recorder, within=WITHIN * system.patience)
    try:
        _admin_can_sign_in(api)
        api.models.statuses()
        version = str(api.health().json().get("version", ""))
        found = Capabilities(system, declared, without)
        _settle(found, api, recorder)
    except SystemFault as fault:
        return replace(system, problem=str(fault))
    else:
        return replace(system, capabilities=frozenset(found.present), missing=found.missing, version=version)
    finally:
        api.close()


def _admin_can_sign_in(api: ModelHubApi) -> None:
    admin = next((account for account in api.system.staff if account.role == "admin"), None)
    if admin is None:
        api.health()
        raise SystemFault(
            "modelhub: the suite needs the account of an administrator; write [[modelhub.staff]] with "
            'role = "admin", email (the name to sign in with) and password_env in the target file'
        )
    api.sign_in(admin.email, admin.password)


def _settle(found: Capabilities, api: ModelHubApi, recorder: Recorder) -> None:
    described = described_paths(api.client)
    for name, (route, probe) in PROBES.items():
        there = f"/api/v1{route}" in described or api.ask("GET", probe).status not in {404, 405}
        found.settle(name, there, f"{route} is not among the routes")
    found.settle("metrics", api.ask("GET", "//metrics", token="").status == 200, "there is no /metrics")
    found.settle("model-page", "html" in api.ask("GET", "//manage", token="").content_type, "there is no page /manage")
    found.settle("topic-events", _has_topics(api, recorder), "there is no socket with topics")
    found.settle("origin-control", bool(api.system.origin_url), "the target names no origin_url")
    models = api.system.folders.get("models", "")
    found.settle("model-files", bool(models) and Path(models).is_dir(), "the target names no folder of models here")
    found.of_the_suite()


def _has_topics(api: ModelHubApi, recorder: Recorder) -> bool:
    try:
        line = TopicLine.join(api.system, api.token, actor="preflight", recorder=recorder, within=WITHIN)
    except SystemFault:
        return False
    line.close()
    return True
