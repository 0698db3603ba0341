"""The behave formatter that feeds the listener; it writes nothing itself."""

from collections.abc import Callable
from typing import Any

import allure_commons
from behave.formatter.base import Formatter, StreamOpener

from countersign.reporting.allure.files import RedactedFiles
from countersign.reporting.allure.listener import HonestListener


class HonestFormatter(Formatter):  # type: ignore[misc]
    """Pass behave's step events on, and say at a feature's end which of its scenarios never ran."""

    name = "countersign.allure"
    description = "Allure results that do not look better than the run was"

    def __init__(
        self, config: Any, listener: HonestListener, files: list[RedactedFiles], at_feature_end: Callable[[Any], None]
    ) -> None:
        super().__init__(StreamOpener(stream=None), config)
        self.listener = listener
        self._plugins = [listener, *files]
        self._at_feature_end = at_feature_end
        self._feature: Any = None
        for plugin in self._plugins:
            allure_commons.plugin_manager.register(plugin)

    def uri(self, uri: str) -> None:
        """A feature file begins."""
        self.listener.start_file()

    def feature(self, feature: Any) -> None:
        """A feature begins."""
        self._feature = feature

    def step(self, step: Any) -> None:
        """A step was announced."""
        if self.listener.in_scenario:
            self.listener.schedule_step(step)

    def match(self, match: Any) -> None:
        """A step begins."""
        if self.listener.in_scenario:
            self.listener.match_step(match)

    def result(self, step: Any) -> None:
        """A step ended."""
        if self.listener.in_scenario:
            self.listener.stop_behave_step(step)

    def eof(self) -> None:
        """The feature is over, with its hooks and clean-ups."""
        if self._feature is not None:
            self._at_feature_end(self._feature)
            self._feature = None
        self.listener.stop_feature()

    def close(self) -> None:
        """The run is over."""
        self.listener.stop_session()
        for plugin in self._plugins:
            allure_commons.plugin_manager.unregister(plugin)
