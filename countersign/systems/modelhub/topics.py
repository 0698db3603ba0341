"""The topics of the model hub, and which of them each kind of frame belongs to (contract, section 4.2)."""

from countersign.systems.modelhub.socket import Frame

TOPICS = (
    "system_stats",
    "generation_progress",
    "queue_updates",
    "alerts",
    "model_status",
    "download_progress",
    "health_monitoring",
    "fallback_notifications",
    "analytics_updates",
)
TOPIC_OF = {
    "download_progress_update": "download_progress",
    "download_status_change": "download_progress",
    "download_retry": "download_progress",
    "model_status_update": "model_status",
    "model_availability_change": "model_status",
    "model_update_notification": "model_status",
    "corruption_detection": "health_monitoring",
    "health_monitoring_alert": "health_monitoring",
    "fallback_strategy": "fallback_notifications",
    "alternative_model_suggestion": "fallback_notifications",
    "model_queue_update": "fallback_notifications",
    "generation_progress": "generation_progress",
    "queue_update": "queue_updates",
    "alert": "alerts",
    "system_stats_update": "system_stats",
    "usage_statistics_update": "analytics_updates",
}


def topic_of(frame: Frame) -> str | None:
    """Give the topic of a frame; None for one that answers the client, such as a pong."""
    return TOPIC_OF.get(frame.type)


def is_snapshot(frame: Frame) -> bool:
    """Say whether a frame tells how something is now, not what happened."""
    return frame.data.get("snapshot") is True


def happenings(frames: list[Frame], topic: str) -> list[Frame]:
    """Give the frames of a topic that tell what happened, in the order in which they came."""
    return [frame for frame in frames if topic_of(frame) == topic and not is_snapshot(frame)]


def snapshots(frames: list[Frame], topic: str) -> list[Frame]:
    """Give the frames of a topic that tell how everything is now."""
    return [frame for frame in frames if topic_of(frame) == topic and is_snapshot(frame)]


def age_of(event_id: str) -> tuple[int, str]:
    """Give what orders the ids of events: they are texts that grow."""
    return len(event_id), event_id


def newest(frames: list[Frame], topic: str) -> str | None:
    """Give the id of the newest event of a topic that was told, None if there was none."""
    told = [str(frame.event_id) for frame in frames if topic_of(frame) == topic and frame.event_id is not None]
    return max(told, key=age_of, default=None)
