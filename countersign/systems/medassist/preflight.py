"""Look at a MedAssist before the run: is it there, is it a MedAssist, can the suite sign in, and what can it show?

What keeps everything from being judged (nobody there, no API, no account of staff) becomes the system's `problem`, so
that one plain sentence stands in the report. Whatever is merely wrong is left to the criteria.
"""

from collections.abc import Sequence
from dataclasses import replace

from countersign.errors import SystemFault
from countersign.evidence import Recorder
from countersign.systems.capabilities import Capabilities, described_paths
from countersign.systems.medassist.api import MedAssistApi
from countersign.target.live import LiveSystem

WITHIN = 4.0
LEAST_NURSES = 2
_NOWHERE = "00000000-0000-4000-8000-000000000000"
PROBES = {
    "chat-http": ("POST", "/api/sessions/{}/messages", f"/api/sessions/{_NOWHERE}/assessment"),
    "consent": ("GET", "/api/consent/active", "/api/consent/active"),
    "account-admin": ("GET", "/api/users", "/api/users"),
    "history": ("GET", "/api/sessions/{}/messages", f"/api/sessions/{_NOWHERE}/messages"),
    "nurse-desk": ("GET", "/api/nurse/analytics", "/api/nurse/analytics"),
    "audit-read": ("GET", "/api/audit/logs", "/api/audit/logs"),
    "model-ops": ("GET", "/api/models", "/api/models"),
    "training": ("GET", "/api/training/jobs", "/api/training/jobs"),
    "metrics": ("GET", "/metrics", "/metrics"),
}
PAGES = {"patient-page": "/patient", "nurse-page": "/nurse"}
DECLARABLE = ("resume", "nurse-live")
BY_CONTROL = ("log-read", "backup-restore", "db-failover", "autoscale")


def look(
    system: LiveSystem, recorder: Recorder, *, declared: Sequence[str] = (), without: Sequence[str] = ()
) -> LiveSystem:
    """Give the system with its capabilities, or with the problem that keeps it from being judged.

    Takes at most a few exchanges of 4 s each (times the target's patience).
    """
    api = MedAssistApi(system, "preflight", recorder, within=WITHIN * system.patience)
    try:
        _staff_can_sign_in(api)
        version = _version(api)
        found = Capabilities(system, declared, without)
        _settle(found, api)
    except SystemFault as fault:
        return replace(system, problem=str(fault))
    else:
        return replace(system, capabilities=frozenset(found.present), missing=found.missing, version=version)
    finally:
        api.close()


def _staff_can_sign_in(api: MedAssistApi) -> None:
    staff = api.system.staff
    nurses = [account for account in staff if account.role == "nurse"]
    admins = [account for account in staff if account.role == "admin"]
    if not admins or len(nurses) < LEAST_NURSES:
        api.client.request("GET", "/api/health").must_be(200, 503)
        raise SystemFault(
            f"medassist: the suite needs one account of an administrator and {LEAST_NURSES} of nurses, it was given "
            f"{len(admins)} and {len(nurses)}; write [[medassist.staff]] with role, email and password_env in the "
            "target file and set the variables"
        )
    for account in (*nurses[:LEAST_NURSES], admins[0]):
        api.sign_in(account.email, account.password)


def _version(api: MedAssistApi) -> str:
    try:
        return str(api.ask("GET", "/api/health").json().get("version", ""))
    except (SystemFault, AttributeError):
        return ""  # a broken health check is for its criterion to refute


def _settle(found: Capabilities, api: MedAssistApi) -> None:
    described = described_paths(api.client)
    for name, (method, template, probe) in PROBES.items():
        there = template in described or api.ask(method, probe).status not in {404, 405}
        found.settle(name, there, f"{template} is not among the routes")
    for name, path in PAGES.items():
        there = "html" in api.ask("GET", path, token="").content_type
        found.settle(name, there, f"there is no page at {path}")
    found.as_declared(*DECLARABLE)
    found.of_the_suite(*BY_CONTROL)
