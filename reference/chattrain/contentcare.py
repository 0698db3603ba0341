"""What an operator can see and do about the content."""

import asyncio
from typing import Any

from reference.chattrain.catalogue import Catalogue, Entry, ScenarioBroken
from reference.chattrain.documents import LARGEST_BYTES, MEDIA_TYPES, DocumentServer


class ContentCare:
    """Tells an operator about the content and takes in what changed on disk."""

    def __init__(self, catalogue: Catalogue, documents: DocumentServer) -> None:
        """Care for the scenarios in `catalogue` and their `documents`."""
        self._catalogue = catalogue
        self._documents = documents

    async def stats(self) -> dict[str, Any]:
        """Count scenarios and documents."""
        listed = list(self._catalogue.listed())
        files, size = await asyncio.to_thread(self._documents.totals, listed)
        return {
            "available_scenarios": _ids(listed),
            "loader": {"available_scenarios": len(listed), "cached_scenarios": len(listed)},
            "file_server": {
                "total_files": files,
                "total_size_bytes": size,
                "max_file_size_mb": LARGEST_BYTES / 2**20,
                "allowed_extensions": sorted(MEDIA_TYPES),
            },
        }

    async def reload(self) -> dict[str, Any]:
        """Read the content again. Raises DatabaseUnavailable; everything then stays as it was."""
        report = await self._catalogue.load()
        return {
            "success": not report.errors,
            "scenarios_loaded": report.loaded,
            "errors": list(report.errors),
            "available_scenarios": _ids(list(self._catalogue.listed())),
        }

    async def validate(self, text_id: str) -> dict[str, Any] | None:
        """Judge one scenario as it lies on the disk now; None when there is none under this name."""
        return await asyncio.to_thread(self._validate, text_id)

    def _validate(self, text_id: str) -> dict[str, Any] | None:
        entry = self._catalogue.by_text_id(text_id)
        folder = entry.folder.name if entry else text_id
        if folder not in self._catalogue.folder_names():
            return None
        try:
            scenario = self._catalogue.read(folder)
        except ScenarioBroken as broken:
            return _judged(False, [str(broken)], {}, [], [])
        declared = [document.filename for document in scenario.documents]
        on_disk = self._catalogue.folder(folder)
        missing = [name for name in declared if not (on_disk / name).is_file()]
        warnings = [] if declared else ["The scenario declares no documents."]
        info = {"id": scenario.id, "title": scenario.title, "customer_lines": len(scenario.bot_messages)}
        return _judged(True, warnings, info, declared, missing)


def _ids(entries: list[Entry]) -> list[str]:
    return [entry.scenario.id for entry in entries]


def _judged(
    valid: bool, warnings: list[str], info: dict[str, Any], documents: list[str], missing: list[str]
) -> dict[str, Any]:
    complete = valid and not missing
    return {
        "scenario_validation": {"valid": valid, "warnings": warnings, "info": info},
        "document_validation": {"valid": complete, "documents": documents, "missing_documents": missing},
        "overall_valid": complete,
    }
