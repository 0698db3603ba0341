"""The names of ChatTrain's figures for operators."""

ANSWERED = {"outcome": "answered"}
REFUSED = {"outcome": "refused"}
LINES = "chattrain_messages_total"
SESSIONS = "chattrain_sessions_total"
OPEN_CONNECTIONS = "chattrain_active_connections"
REPLIES_TIMED = "chattrain_reply_seconds_count"
REPLY_SECONDS = "chattrain_reply_seconds_sum"
AI_CALLS = "chattrain_ai_calls_total"
CALLS = "chattrain_http_requests_total"
MEMORY = "process_resident_memory_bytes"
