"""From behave's events to Allure results, one scenario at a time."""

from collections.abc import Sequence
from typing import Any

from allure_behave.listener import AllureListener
from allure_commons import hookimpl
from allure_commons.model2 import Label, Parameter, TestResult
from allure_commons.types import AttachmentType
from allure_commons.utils import md5, now, uuid4

from countersign.reporting.allure import outcomes
from countersign.reporting.allure.bridge import AllureBridge, ScenarioFacts
from countersign.reporting.allure.identity import identity_of, place_of
from countersign.reporting.allure.labels import description_of, labels_of, links_of

NOT_RUN = "unknown"
"""Allure's status of a scenario that was selected and never ran."""


class HonestListener(AllureListener):  # type: ignore[misc]
    """Keep what allure-behave does well (steps, tables, attachments); decide outcome, names and labels ourselves."""

    def __init__(self, config: Any, bridge: AllureBridge) -> None:
        super().__init__(config)
        self._bridge = bridge
        self._dynamic: list[Label] = []
        self._result: TestResult | None = None

    @property
    def in_scenario(self) -> bool:
        """Say whether a scenario is being reported right now."""
        return self._result is not None

    def start_scenario(self, scenario: Any) -> None:
        """Open the result of a scenario."""
        self.steps.clear()
        self._dynamic = []
        self.group_context.enter()
        self._result = TestResult(uuid=uuid4(), start=now(), name=scenario.name or scenario.keyword)
        self.logger.schedule_test(self._result.uuid, self._result)

    def stop_scenario(self, scenario: Any, trouble: list[outcomes.Finding], output: Sequence[tuple[str, str]]) -> None:
        """Close the result: outcome, names, labels and evidence; `output` are captured texts with their names."""
        result = self._result
        if result is None:
            return
        self.flush_steps()
        facts = self._facts(scenario, trouble)
        if facts is None:
            self.logger.drop_test(result.uuid)
        else:
            self._describe(result, scenario, facts)
            self._attach_evidence(scenario, output, trouble)
            finding = outcomes.of_scenario(scenario, facts, trouble)
            result.stop, result.status, result.statusDetails = now(), finding.status, finding.details
            self.logger.close_test(result.uuid)
            self.group_context.append_test(result.uuid)
        self.group_context.exit()
        self._result = self.current_step_uuid = None

    def report_not_run(self, scenario: Any, finding: outcomes.Finding | None, reason: str) -> None:
        """Write a result for a scenario that behave did not run: with a finding as that, else as not run."""
        trouble: list[outcomes.Finding] = []
        facts = self._facts(scenario, trouble)
        if facts is None:
            return
        moment = now()
        result = TestResult(uuid=uuid4(), start=moment, stop=moment, name=scenario.name or scenario.keyword)
        self._describe(result, scenario, facts)
        told = finding or (trouble[0] if trouble else None) or outcomes.Finding("broken", facts.reason or reason)
        result.status, result.statusDetails = (told.status if finding else NOT_RUN), told.details
        self.logger.schedule_test(result.uuid, result)
        self.logger.close_test(result.uuid)

    def report_run_error(self, where: str, error: BaseException) -> None:
        """Write what went wrong outside every scenario, so that the report does not hide it."""
        finding = outcomes.of_error(error, None, f"{where}: ")
        self.logger.global_error(message=self._bridge.redact(finding.reason), trace=self._bridge.redact(finding.trace))

    def stop_behave_step(self, result: Any) -> None:
        """Close the running step with its own outcome."""
        finding = outcomes.of_step(result)
        self.logger.stop_step(self.current_step_uuid, stop=now(), status=finding.status, statusDetails=finding.details)

    # --------------------------------------------------------------- what a step may say about its own scenario

    @hookimpl  # type: ignore[untyped-decorator]
    def add_title(self, test_title: str) -> None:
        """Follow `allure.dynamic.title`."""
        if self._result is not None:
            self._result.name = test_title

    @hookimpl  # type: ignore[untyped-decorator]
    def add_label(self, label_type: str, labels: Sequence[Any]) -> None:
        """Follow `allure.dynamic.label` and those made of it: epic, feature, story, severity, tag, suite."""
        self._dynamic.extend(Label(name=str(getattr(label_type, "value", label_type)), value=value) for value in labels)

    @hookimpl  # type: ignore[untyped-decorator]
    def add_parameter(self, name: str, value: Any, excluded: bool | None, mode: Any) -> None:
        """Follow `allure.dynamic.parameter`. It is no part of the scenario's identity unless it says so."""
        if self._result is not None:
            shown = str(getattr(mode, "value", mode)) if mode else None
            parameter = Parameter(name=name, value=str(value), excluded=excluded is not False, mode=shown)
            self._result.parameters.append(parameter)

    @hookimpl  # type: ignore[untyped-decorator]
    def attach_data(self, body: Any, name: str, attachment_type: Any, extension: str) -> None:
        """Attach to the running scenario, or to the run where no scenario is running."""
        attach = self.logger.attach_data if self.in_scenario else self.logger.global_attach_data
        attach(uuid4(), body, name=name, attachment_type=attachment_type, extension=extension)

    @hookimpl  # type: ignore[untyped-decorator]
    def attach_file(self, source: str, name: str, attachment_type: Any, extension: str) -> None:
        """Attach a file to the running scenario, or to the run where no scenario is running."""
        attach = self.logger.attach_file if self.in_scenario else self.logger.global_attach_file
        attach(uuid4(), source, name=name, attachment_type=attachment_type, extension=extension)

    # --------------------------------------------------------------- parts

    def _facts(self, scenario: Any, trouble: list[outcomes.Finding]) -> ScenarioFacts | None:
        try:
            return self._bridge.facts_of(scenario)
        except Exception as error:  # noqa: BLE001 - a result without facts is better than none, and it says why
            trouble.append(outcomes.of_error(error, None, "the suite could not say how this scenario ended: "))
            return ScenarioFacts(outcome="broken", reason=trouble[-1].reason)

    def _describe(self, result: TestResult, scenario: Any, facts: ScenarioFacts) -> None:
        key = facts.key or place_of(scenario)
        identity = identity_of(scenario, key.rpartition(":")[0])
        result.fullName, result.titlePath = identity.full_name, list(identity.title_path)
        result.testCaseId, result.historyId = identity.test_case_id, identity.history_id
        rows = [Parameter(name=heading, value=value) for heading, value in identity.row]
        result.parameters = [*rows, *result.parameters]
        result.description = result.description or description_of(scenario.description, facts)
        result.labels.extend(labels_of(scenario, facts, key, self._dynamic))
        result.links.extend(links_of(scenario, facts))
        if any(parameter.excluded is not True for parameter in result.parameters[len(rows) :]):
            chosen = [f"{parameter.name}={parameter.value}" for parameter in result.parameters]
            result.historyId = md5(result.fullName, *chosen)

    def _attach_evidence(
        self, scenario: Any, output: Sequence[tuple[str, str]], trouble: list[outcomes.Finding]
    ) -> None:
        try:
            attachments = self._bridge.attachments_of(scenario)
        except Exception as error:  # noqa: BLE001 - the result stays; what is missing is said in it
            trouble.append(outcomes.of_error(error, None, "the evidence of this scenario could not be attached: "))
            attachments = ()
        for name, body, mime in attachments:
            self.logger.attach_data(uuid4(), body, name=name, attachment_type=mime, extension=_extension(mime))
        for name, text in output:
            self.logger.attach_data(uuid4(), text, name=name, attachment_type=AttachmentType.TEXT)


def _extension(mime: str) -> str:
    known = {kind.mime_type: kind.extension for kind in AttachmentType}
    return str(known.get(mime, "bin"))
