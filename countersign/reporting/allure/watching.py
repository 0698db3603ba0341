"""One behave run, watched: what was selected, what ran, and what speaks against a green exit."""

from collections.abc import Callable, Iterable
from typing import Any

from countersign.reporting.allure import outcomes
from countersign.reporting.allure.bridge import AllureBridge
from countersign.reporting.allure.exit_code import RunEnd, decide
from countersign.reporting.allure.identity import place_of, rule_of
from countersign.reporting.allure.listener import HonestListener

_AROUND_SCENARIOS = ("before_all", "after_all", "before_feature", "after_feature", "before_rule", "after_rule")


class RunWatch:
    """What the bridge remembers while behave runs."""

    def __init__(self, bridge: AllureBridge) -> None:
        self.bridge = bridge
        self.listener: HonestListener | None = None
        self.cleanup_errors: list[BaseException] = []
        self.objections: list[str] = []
        self._selected: dict[int, Any] = {}
        self._ended: dict[int, bool] = {}
        self._in_scenario = False

    # --------------------------------------------------------------- selection

    def select(self, features: Iterable[Any], config: Any) -> None:
        """Note what the paths, tags and names select. Asked before any hook runs: a later skip needs a reason."""
        scenarios = (scenario for feature in features for scenario in feature.walk_scenarios())
        self._selected = {id(scenario): scenario for scenario in scenarios if scenario.should_run(config)}

    # --------------------------------------------------------------- scenarios

    def run_scenario(self, run: Callable[[Any, Any], bool], scenario: Any, runner: Any) -> bool:
        """Run a scenario and report it, whatever happens on the way. True means failed, as in behave."""
        if id(scenario) not in self._selected:
            return run(scenario, runner)
        listener = self.listener
        if listener:
            listener.start_scenario(scenario)
        self.cleanup_errors.clear()
        self._in_scenario = True
        trouble: list[outcomes.Finding] = []
        failed = True
        try:
            failed = run(scenario, runner)
        except BaseException as error:
            trouble.append(outcomes.of_error(error, None, "the run ended in this scenario: "))
            raise
        finally:
            self._in_scenario = False
            cleanups = [outcomes.of_error(error, None, "the clean-up failed: ") for error in self.cleanup_errors]
            trouble.extend(outcomes.Finding("broken", found.reason, found.trace) for found in cleanups)
            if listener:
                listener.stop_scenario(scenario, trouble, _captured(runner))
            self._ended[id(scenario)] = not trouble and scenario.status.name == "passed"
        if not list(scenario.all_steps) and not runner.config.dry_run:
            scenario.set_status("error")
            self._ended[id(scenario)] = False
            self.objections.append(f'the scenario "{scenario.name}" has no steps ({place_of(scenario)})')
            return True
        return failed

    def feature_ended(self, feature: Any) -> None:
        """Report the selected scenarios of a feature that behave passed over."""
        for scenario in feature.walk_scenarios():
            if id(scenario) in self._selected and id(scenario) not in self._ended and self.listener:
                self._ended[id(scenario)] = False
                finding = next(
                    (_unprepared(holder) for holder in (feature, rule_of(scenario)) if holder and holder.hook_failed),
                    None,
                )
                self.listener.report_not_run(scenario, finding, "not run: the run was stopped before this scenario")

    # --------------------------------------------------------------- around them

    def watch_hooks(self, hooks: dict[str, Callable[..., Any]]) -> None:
        """Have errors of hooks that belong to no scenario reported too; behave treats them as before."""
        for name in _AROUND_SCENARIOS:
            if name in hooks:
                hooks[name] = self._watched(name, hooks[name])

    def cleanup_failed(self, error: BaseException) -> None:
        """Note a failed clean-up, of the running scenario or of what is around it."""
        if self._in_scenario:
            self.cleanup_errors.append(error)
        elif self.listener:
            self.listener.report_run_error("a clean-up failed", error)

    def _watched(self, name: str, hook: Callable[..., Any]) -> Callable[..., Any]:
        def watched(context: Any, *arguments: Any) -> Any:
            try:
                return hook(context, *arguments)
            except Exception as error:
                if self.listener:
                    about = f" of {arguments[0].keyword} {arguments[0].name}" if arguments else ""
                    self.listener.report_run_error(f"{name}{about} failed", error)
                raise

        # behave reads switches such as `capture` from the hook.
        vars(watched).update(vars(hook))
        return watched

    # --------------------------------------------------------------- the end

    def exit_failed(self, runner: Any, failed: bool) -> tuple[bool, str]:
        """Decide behave's exit: whether it failed, and the sentence to print ("" if there is nothing to add)."""
        scenarios = self._selected.values()
        end = RunEnd(
            selected=len(scenarios),
            passed=sum(self._ended.values()),
            skipped=sum(1 for scenario in scenarios if scenario.should_skip and not self._ended.get(id(scenario))),
            objections=tuple(self.objections),
            behave_failed=failed,
            beyond_scenarios=bool(
                runner.aborted
                or runner.hook_failures
                or runner.undefined_steps
                or runner.context._root["cleanup_errors"]
            ),
        )
        return decide(end, self.bridge.verdict_of_run)


def _unprepared(holder: Any) -> outcomes.Finding:
    told = f"not run: {holder.keyword} {holder.name} could not be prepared: {holder.error_message or 'interrupted'}"
    if holder.exception is None:
        return outcomes.Finding("broken", told)
    found = outcomes.of_error(holder.exception, holder.exc_traceback)
    return outcomes.Finding("broken", told, found.trace)


def _captured(runner: Any) -> list[tuple[str, str]]:
    captured = runner.capture_controller.captured
    texts = (("output", captured.stdout), ("error output", captured.stderr), ("log", captured.log))
    return [(f"captured {name}", text) for name, text in texts if text and text.strip()]
