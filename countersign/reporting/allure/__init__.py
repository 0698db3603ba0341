"""The honest Allure bridge: results that never look better than the run was, and one page rendered from them."""

from countersign.reporting.allure.bridge import AllureBridge, ScenarioFacts
from countersign.reporting.allure.completing import complete_results
from countersign.reporting.allure.installing import install, uninstall
from countersign.reporting.allure.node import AllureNotRendered
from countersign.reporting.allure.rendering import render_allure

__all__ = [
    "AllureBridge",
    "AllureNotRendered",
    "ScenarioFacts",
    "complete_results",
    "install",
    "render_allure",
    "uninstall",
]
