"""The figures of MedAssist for operators: their names, and how they are read."""

from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.prometheus import Metrics, read_metrics

QUERIES = "db_query_duration_seconds_count"
QUERIES_UP_TO = "db_query_duration_seconds_bucket"
REQUESTS = "http_requests_total"
FRAMES = "ws_messages_total"
REPLIES = "chat_replies_total"
RED_FLAGS = "red_flags_total"
REVIEWS = "par_reviews_total"
CACHE = "cache_lookups_total"
MODEL = "model_requests_total"
OPEN_SOCKETS = "ws_connections_active"
MEMORY = "process_resident_memory_bytes"
PROCESSOR = "process_cpu_seconds_total"
OPEN_FILES = "process_open_fds"


def metrics_of(api: MedAssistApi) -> Metrics:
    """Read the figures (capability metrics)."""
    answer = api.ask("GET", "/metrics", token="").must_be(200)
    return read_metrics("medassist", answer.text)
