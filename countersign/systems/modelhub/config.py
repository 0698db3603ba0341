"""Preferences, policies and feature switches."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.transport.answer import Answer


class Config:
    """The routes of settings."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def preferences(self) -> Mapping[str, Any]:
        """Read the preferences in force for the caller."""
        told: Mapping[str, Any] = self._ask("GET", "/config/user-preferences").must_be(200).json()["preferences"]
        return told

    def prefer(self, **sections: Any) -> None:
        """Change some of the preferences; the rest stays."""
        self.try_preferring(sections).must_be(200)

    def try_preferring(self, document: Any) -> Answer:
        """Try to change preferences and give the answer, whatever its status."""
        return self._ask("PUT", "/config/user-preferences", json=document)

    def validate(self, document: Any) -> Mapping[str, Any]:
        """Have preferences checked without saving them."""
        told: Mapping[str, Any] = self._ask("POST", "/config/validate-preferences", json=document).must_be(200).json()
        return told

    def policies(self) -> Mapping[str, Any]:
        """Read the policies (administrator)."""
        told: Mapping[str, Any] = self._ask("GET", "/config/admin-policies").must_be(200).json()
        return told

    def try_policies(self, policies: Any) -> Answer:
        """Try to change policies and give the answer, whatever its status."""
        return self._ask("PUT", "/config/admin-policies", json={"policies": policies})

    def flags(self) -> Mapping[str, Any]:
        """Read the feature switches."""
        told: Mapping[str, Any] = self._ask("GET", "/config/feature-flags").must_be(200).json()
        return told

    def try_flag(self, name: Any, enabled: bool) -> Answer:
        """Try to set a feature switch (administrator) and give the answer, whatever its status."""
        return self._ask("PUT", f"/config/feature-flags/{name}", params={"enabled": str(enabled).lower()})

    def reset(self, section: str) -> None:
        """Set a section back to its defaults: preferences, or admin."""
        self._ask("POST", "/config/reset-to-defaults", params={"section": section}).must_be(200)
