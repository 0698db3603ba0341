"""Damage of every kind, repair, updates and the way back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hub_driver import T2V, TI2V, Hub, until

Damage = Callable[[Path], object]


def overwrite(folder: Path) -> None:
    """Change bytes of a weight without changing its size."""
    file = folder / "vae.safetensors"
    file.write_bytes(b"x" * file.stat().st_size)


DAMAGES: list[tuple[str, Damage, str, list[str], float]] = [
    ("overwritten", overwrite, "corrupted", ["checksum_mismatch"], 0.833),
    ("cut", lambda f: (f / "vae.safetensors").write_bytes(b"x" * 99), "corrupted", ["incomplete_download"], 0.833),
    ("empty", lambda f: (f / "vae.safetensors").write_bytes(b""), "corrupted", ["invalid_format"], 0.833),
    ("no JSON", lambda f: (f / "config.json").write_text("{no"), "corrupted", ["invalid_format"], 0.833),
    ("deleted", lambda f: (f / "vae.safetensors").unlink(), "corrupted", ["file_missing"], 0.833),
    ("left over", lambda f: (f / "x.partial").write_text("x"), "degraded", ["incomplete_download"], 1.0),
    ("vanished", shutil.rmtree, "missing", [], 0.0),
]


def test_every_damage_is_recognised(hub: Hub) -> None:
    hub.install(T2V)
    hub.prefer(health_monitoring={"auto_repair_enabled": False})
    folder = hub.models / T2V
    good = {file.name: file.read_bytes() for file in folder.iterdir()}
    for name, damage, status, kinds, score in DAMAGES:
        damage(folder)
        verified = hub.admin.post(f"/models/verify/{T2V}")
        health = hub.admin.health(T2V)
        assert (health["health_status"], health["corruption_types"]) == (status, kinds), name
        assert health["integrity_score"] == score, name
        assert verified["is_valid"] is (status == "degraded"), name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file, content in good.items():
            (folder / file).write_bytes(content)
        hub.admin.post(f"/models/verify/{T2V}")
    assert hub.admin.health(T2V)["health_status"] == "healthy"


def test_damage_is_noticed_and_repaired_without_asking(hub: Hub) -> None:
    hub.install(T2V)
    hub.source.delete("/control/stats")
    line = hub.admin.dial()
    line.subscribe("health_monitoring")
    overwrite(hub.models / T2V)
    frames = line.until("health_monitoring_alert", 15, repair_success=True)
    assert frames[0]["type"] == "corruption_detection"
    line.close()
    until(lambda: hub.admin.detailed(T2V)["availability_status"] == "available", "it is available again")
    assert set(hub.stats()["files"]) == {f"{T2V}/2.0.0/vae.safetensors"}


def test_without_automatic_repair_the_user_decides(hub: Hub) -> None:
    hub.install(T2V)
    hub.prefer(health_monitoring={"auto_repair_enabled": False})
    overwrite(hub.models / T2V)
    until(lambda: hub.admin.health(T2V)["health_status"] == "corrupted", "the damage is seen", 15)
    assert {"repair", "redownload"} <= set(hub.admin.detailed(T2V)["available_actions"])
    begun = hub.admin.post(f"/models/health/{T2V}/repair", {}, 202)
    until(lambda: hub.admin.health(T2V)["repair"]["status"] == "completed", "it is repaired")
    repair = hub.admin.health(T2V)
    assert repair["repair"]["repair_id"] == begun["repair_id"]
    assert (repair["health_status"], repair["repair"]["files_repaired"]) == ("healthy", ["vae.safetensors"])
    assert hub.admin.post(f"/models/health/{T2V}/repair", {}, 409)["code"] == "NOTHING_TO_REPAIR"


def test_a_damaged_model_is_not_used(hub: Hub) -> None:
    hub.install(T2V, TI2V)
    hub.prefer(health_monitoring={"auto_repair_enabled": False})
    overwrite(hub.models / T2V)
    refused = hub.admin.submit(T2V, status=409)
    assert refused["code"] == "MODEL_NOT_AVAILABLE"
    assert refused["fallback"]["alternative_suggestion"]["suggested_model"] == TI2V


@pytest.mark.parametrize(("version", "kind"), [("2.0.1", "patch"), ("3.0.0", "major"), ("1.9.9", None)])
def test_only_higher_versions_are_offered(hub: Hub, version: str, kind: str | None) -> None:
    hub.install(T2V)
    listed = hub.publish(T2V, version)["updates"]
    assert listed[0]["update_type"] == kind


def test_an_update_fetches_what_changed_and_can_be_taken_back(hub: Hub) -> None:
    hub.install(T2V)
    hub.publish(T2V, "2.0.1", changed_files=["vae.safetensors"])
    hub.source.delete("/control/stats")
    hub.admin.post(f"/models/updates/{T2V}/approve", status=202)
    until(lambda: hub.admin.detailed(T2V)["current_version"] == "2.0.1", "the new version is in use")
    assert set(hub.stats()["files"]) == {f"{T2V}/2.0.1/vae.safetensors"}
    assert hub.admin.post(f"/models/verify/{T2V}")["is_valid"]
    hub.admin.post(f"/models/updates/{T2V}/rollback", status=202)
    until(lambda: hub.admin.detailed(T2V)["current_version"] == "2.0.0", "the old version is in use")
    assert hub.admin.post(f"/models/verify/{T2V}")["is_valid"]
    assert hub.admin.post(f"/models/updates/{T2V}/rollback", status=409)["code"] == "NO_PREVIOUS_VERSION"


def test_a_bad_update_leaves_the_old_version_in_use(hub: Hub) -> None:
    hub.install(T2V)
    hub.prefer(download_config={"max_retries": 0})
    hub.publish(T2V, "2.1.0", bad_sha256=True)
    hub.admin.post(f"/models/updates/{T2V}/approve", status=202)
    until(lambda: hub.admin.get("/models/updates")["updates"][0]["status"] == "failed", "the update failed")
    assert hub.admin.detailed(T2V)["is_available"] and hub.admin.detailed(T2V)["current_version"] == "2.0.0"
