"""Open the systems of a run: start what is embedded, look at what is live, learn what each can show."""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from countersign.errors import CountersignError, TargetError
from countersign.evidence import Recorder
from countersign.faults.embedded import EmbeddedControl
from countersign.faults.operator import OperatorControl
from countersign.target.embedded import EmbeddedStack
from countersign.target.live import LiveSystem, ScriptedAi, StaffAccount
from countersign.target.options import RunOptions
from countersign.target.settings import SystemTarget, Target

FOLDERS = ("models", "outputs")
"""Folders of a reference system that the suite may look into, as its ready line names them."""

Secret = Callable[[str, str], None]


class Opening:
    """Open systems for a run, and close what was started.

    `start` begins at once in the background (a process of its own); `finish` waits for it, so that the suite can plan
    meanwhile.
    """

    def __init__(self, target: Target, options: RunOptions, systems: Sequence[str]) -> None:
        self._target, self._options, self._systems = target, options, systems
        own = [name for name in systems if self._embedded(name)]
        if options.database != "sqlite" and len(own) < len(systems):
            raise TargetError(f"-D database={options.database}: only for systems that the suite starts itself")
        self._stack = EmbeddedStack(own, options.faults, database=options.database) if own else None

    def _embedded(self, system: str) -> bool:
        return self._target.kind == "embedded" and system not in self._options.urls

    def finish(self, recorder: Recorder, secret: Secret) -> dict[str, LiveSystem]:
        """Give every system, opened and looked at; one with a `problem` is not to be judged."""
        facts: Mapping[str, Any] = {}
        trouble = ""
        if self._stack is not None:
            try:
                facts = self._stack.wait_ready()
                secret(facts["control"]["token"], "control token")
                secret(facts["ai"]["token"], "AI control token")
            except CountersignError as error:
                trouble = str(error)
        return {name: self._open(name, facts, trouble, recorder, secret) for name in self._systems}

    def _open(
        self, name: str, facts: Mapping[str, Any], trouble: str, recorder: Recorder, secret: Secret
    ) -> LiveSystem:
        entry = self._target.system(name)
        if not self._embedded(name):
            system = self._from_target(name, entry, recorder, secret)
        elif trouble:
            return LiveSystem(name=name, url="", problem=trouble)
        elif name in facts["failed"]:
            return LiveSystem(name=name, url="", problem=f"the reference system did not start: {facts['failed'][name]}")
        else:
            system = self._from_stack(name, entry, facts, recorder, secret)
        if system.operator_key:
            secret(system.operator_key, "operator key")
        look: Callable[..., LiveSystem] = import_module(f"countersign.systems.{name}.preflight").look
        return look(system, recorder, declared=entry.capabilities, without=entry.without)

    def _from_stack(
        self, name: str, entry: SystemTarget, facts: Mapping[str, Any], recorder: Recorder, secret: Secret
    ) -> LiveSystem:
        own = facts["systems"][name]
        return LiveSystem(
            name=name,
            url=own["url"],
            page_url=own.get("page_url", own["url"]),
            socket_url=own.get("socket_url", ""),
            staff=tuple(_known(secret, each["role"], each["email"], each["password"]) for each in own.get("staff", ())),
            embedded=True,
            folders={name: own[name] for name in FOLDERS if name in own},
            origin_url=own.get("source", {}).get("url", ""),
            operator_key=own["operator_key"],
            timings={**own["timings"], **entry.timings},
            scripted_ai=ScriptedAi(facts["ai"]["url"], facts["ai"]["token"]),
            control=EmbeddedControl(
                facts["control"]["url"], facts["control"]["token"], system=name, recorder=recorder, work=own["work"]
            ),
            patience=self._target.patience,
        )

    def _from_target(self, name: str, entry: SystemTarget, recorder: Recorder, secret: Secret) -> LiveSystem:
        url = self._options.urls.get(name, entry.url).rstrip("/")
        key = os.environ.get(entry.operator_key_env, "") if entry.operator_key_env else ""
        scripted = None
        if entry.scripted_ai is not None:
            token = os.environ.get(entry.scripted_ai.token_env, "")
            if token:
                secret(token, "AI control token")
            scripted = ScriptedAi(entry.scripted_ai.url.rstrip("/"), token)
        commands = {action: list(words) for action, words in entry.commands.items()}
        return LiveSystem(
            name=name,
            url=url,
            page_url=entry.page_url or url,
            socket_url=entry.socket_url,
            folders=entry.folders,
            origin_url=entry.origin_url.rstrip("/"),
            staff=tuple(
                _known(secret, each.role, each.email, password)
                for each in entry.staff
                if (password := os.environ.get(each.password_env, ""))
            ),
            operator_key=key,
            ca_file=entry.ca_file,
            timings=entry.timings,
            scripted_ai=scripted,
            control=OperatorControl(commands, system=name, recorder=recorder) if commands else None,
            patience=self._target.patience,
        )

    def close(self) -> list[str]:
        """Stop what was started and give the paths that are left of it (an empty list when all is gone)."""
        return self._stack.stop() if self._stack is not None else []


def _known(secret: Secret, role: str, email: str, password: str) -> StaffAccount:
    secret(password, f"password of the {role}")
    return StaffAccount(role, email, password)
