"""Downloads against a source that fails in every way."""

from itertools import pairwise
from typing import Any

import pytest
from hub_driver import I2V, MB, T2V, TI2V, Hub, until

VAE = f"{T2V}/2.0.0/vae.safetensors"


def ended(hub: Hub, model: str = T2V, within: float = 15.0) -> dict[str, Any]:
    """Wait for the end of a transfer and give it."""
    until(lambda: hub.admin.progress(model)["status"] in ("completed", "failed"), f"{model} ended", within)
    return hub.admin.progress(model)


@pytest.fixture(autouse=True)
def _quick_retries(hub: Hub) -> None:
    hub.prefer(download_config={"retry_delay_base": 0.2})


def test_a_passing_failure_is_retried_with_doubling_waits(hub: Hub) -> None:
    hub.fault("status", value=503, model_id=T2V, path="vae.safetensors", count=3)
    hub.admin.start(T2V)
    done = ended(hub)
    assert (done["status"], done["retry_count"]) == ("completed", 3)
    times = hub.stats()["files"][VAE]["times"]
    waits = [after - before for before, after in pairwise(times)]
    assert [wait >= least for wait, least in zip(waits, (0.2, 0.4, 0.8), strict=True)] == [True] * 3
    assert waits[2] < 1.3


def test_the_fourth_failure_ends_it_with_something_to_do(hub: Hub) -> None:
    hub.fault("status", value=503, model_id=T2V, path="vae.safetensors", count=4)
    hub.admin.start(T2V)
    failed = ended(hub)
    assert (failed["status"], failed["failure_reason"]) == ("failed", "source_error")
    assert len(failed["guidance"]) >= 2
    assert hub.admin.detailed(T2V)["missing_files"] == ["vae.safetensors"]
    hub.admin.start(T2V)
    assert ended(hub)["status"] == "completed"
    assert hub.stats()["total_bytes"] == 6 * MB


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"mode": "status", "value": 404}, "not_found"),
        ({"mode": "corrupt"}, "checksum_mismatch"),
        ({"mode": "truncate"}, "checksum_mismatch"),
    ],
)
def test_what_cannot_succeed_fails_with_its_reason(hub: Hub, fault: dict[str, Any], reason: str) -> None:
    hub.fault(**fault, model_id=T2V, path="vae.safetensors")
    hub.admin.start(T2V, max_retries=1)
    failed = ended(hub)
    assert (failed["status"], failed["failure_reason"]) == ("failed", reason)
    assert not hub.admin.detailed(T2V)["is_available"]


def test_a_dropped_connection_continues_where_it_broke_off(hub: Hub) -> None:
    hub.fault("drop_after", value=MB, model_id=T2V, path="diffusion-00001.safetensors", count=1)
    hub.admin.start(T2V)
    assert ended(hub)["status"] == "completed"
    stats = hub.stats()
    assert stats["files"][f"{T2V}/2.0.0/diffusion-00001.safetensors"]["range_requests"] == 1
    assert stats["total_bytes"] < 6.3 * MB


def test_a_source_that_refuses_everything_cuts_what_is_under_way_too(hub: Hub) -> None:
    hub.admin.start(T2V, bandwidth_limit_mbps=4, max_retries=0)
    until(lambda: hub.admin.progress(T2V)["downloaded_mb"] > 0.5, "something arrived")
    hub.fault("refuse")
    failed = ended(hub)
    assert (failed["status"], failed["failure_reason"]) == ("failed", "source_unreachable")


def test_a_limit_holds_and_a_pause_stops_the_source(hub: Hub) -> None:
    hub.admin.start(T2V, bandwidth_limit_mbps=16)
    until(lambda: hub.admin.progress(T2V)["downloaded_mb"] > 1, "a megabyte arrived")
    assert hub.admin.manage(T2V, "pause")["current_status"] == "paused"
    refused = hub.admin.manage(T2V, "pause", 409)
    assert (refused["code"], refused["current_status"]) == ("INVALID_TRANSITION", "paused")
    until(lambda: hub.stats()["total_bytes"] == hub.stats()["total_bytes"], "the source is quiet")
    sent = hub.stats()["total_bytes"]
    assert hub.admin.detailed(T2V)["availability_status"] == "paused"
    hub.admin.manage(T2V, "resume")
    assert ended(hub)["status"] == "completed"
    assert sent < 5 * MB and hub.stats()["total_bytes"] <= 7 * MB
    slots = [slot["bytes"] for slot in hub.stats()["timeline"]]
    assert max(sum(slots[at : at + 12]) for at in range(len(slots))) <= 3 * 2_000_000 * 1.1 + MB


def test_cancelling_leaves_nothing_behind(hub: Hub) -> None:
    hub.admin.start(T2V, bandwidth_limit_mbps=8)
    until(lambda: hub.admin.progress(T2V)["downloaded_mb"] > 0.5, "something arrived")
    hub.admin.manage(T2V, "cancel")
    until(lambda: not any(hub.models.rglob("*.*")), "the files are gone")
    assert hub.admin.detailed(T2V)["availability_status"] == "missing"
    assert hub.admin.manage(T2V, "cancel", 409)["current_status"] == "cancelled"


def test_the_most_urgent_goes_first_and_a_second_start_is_refused(hub: Hub) -> None:
    hub.prefer(download_config={"max_concurrent_downloads": 1})
    hub.admin.start(T2V, bandwidth_limit_mbps=24, priority="low")
    until(lambda: hub.admin.progress(T2V)["status"] == "downloading", "the first runs")
    hub.admin.start(I2V, priority="LOW")
    hub.admin.start(TI2V, priority="critical")
    assert hub.admin.progress(I2V)["queue_position"] == 2
    assert hub.admin.manage(T2V, "start", 409)["code"] == "DOWNLOAD_ACTIVE"
    for model in (T2V, TI2V, I2V):
        assert ended(hub, model)["status"] == "completed"
    ends = [hub.admin.progress(model)["completed_at"] for model in (T2V, TI2V, I2V)]
    assert ends == sorted(ends)


def test_a_list_that_leads_outside_is_not_followed(hub: Hub) -> None:
    hub.publish("outsider", "1.0.0", size_mb=0.1, extra_path="../../outside.txt")
    hub.admin.start("outsider")
    assert ended(hub, "outsider")["failure_reason"] == "bad_file_list"
    assert not (hub.models / ".." / ".." / "outside.txt").resolve().exists()


def test_a_killed_downloader_continues(hub: Hub) -> None:
    hub.admin.start(T2V, bandwidth_limit_mbps=16)
    until(lambda: hub.admin.progress(T2V)["downloaded_mb"] > 1, "a megabyte arrived")
    hub.act("downloader", "kill")
    assert hub.admin.progress(T2V)["status"] == "downloading"
    hub.act("downloader", "start")
    assert ended(hub)["status"] == "completed"
    assert hub.stats()["total_bytes"] <= 7 * MB


def test_one_resumed_before_it_had_stopped_goes_on_as_downloading(hub: Hub) -> None:
    line = hub.admin.dial()
    line.subscribe("download_progress")
    hub.fault("slow", value=12, model_id=T2V)
    hub.admin.start(T2V)
    line.until("download_progress_update", model_id=T2V)
    for _ in range(4):
        hub.admin.manage(T2V, "pause")
        hub.admin.manage(T2V, "resume")
        line.until("download_status_change", new_status="downloading")
    line.until("download_status_change", old_status="downloading", new_status="verifying")
    line.until("download_status_change", new_status="completed")
    line.close()
