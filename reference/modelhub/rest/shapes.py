"""What clients send, and the names of what they get, for routes and `/openapi.json`."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

RESOLUTIONS = ("854x480", "1024x576", "1280x720", "1920x1080")
Resolution = Literal["854x480", "1024x576", "1280x720", "1920x1080"]


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _priority(value: Any) -> Any:
    lower = _lower(value)
    return "medium" if lower == "normal" else lower


def answer(name: str, fields: str, **others: Any) -> type[BaseModel]:
    """Make the shape of an answer from the names of its fields."""
    shaped: dict[str, Any] = {field: (Any, ...) for field in fields.split()}
    shaped |= {each: (kind, ...) for each, kind in others.items()}
    made: type[BaseModel] = create_model(name, **shaped)
    return made


class Strict(BaseModel):
    """A body whose values have the right types from the start."""

    model_config = ConfigDict(strict=True, protected_namespaces=())


def _inside(value: str) -> str:
    """Refuse a name of a file that leads out of the folder it is looked for in."""
    parts = value.replace("\\", "/").split("/")
    if value.startswith(("/", "\\", "~")) or ".." in parts or ":" in value or "%" in value or "\0" in value:
        raise ValueError("The name must stay inside its folder")
    return value


Name = Annotated[str, Field(min_length=1, max_length=200)]
Priority = Annotated[Literal["critical", "high", "medium", "low"], BeforeValidator(_priority)]
Limit = Annotated[float, Field(ge=0, le=10000, allow_inf_nan=False)]


class DownloadWish(Strict):
    """A download that is asked for."""

    model_type: Name
    force_redownload: bool = False


class Management(Strict):
    """What is to be done with a download."""

    model_id: Name
    action: Annotated[Literal["start", "pause", "resume", "cancel", "priority", "bandwidth"], BeforeValidator(_lower)]
    priority: Priority | None = None
    bandwidth_limit_mbps: Limit | None = None
    max_retries: Annotated[int, Field(ge=0, le=10)] | None = None


class CheckWish(Strict):
    """A check that is asked for."""

    check_type: Literal["full", "integrity", "performance"] = "full"
    force_check: bool = False


class RepairWish(Strict):
    """A repair that is asked for."""

    repair_type: Literal["auto", "redownload", "integrity_fix"] = "auto"
    force_repair: bool = False


class FallbackQuestion(Strict):
    """What a user needs of a model that may be away."""

    requested_model: Name
    quality: Literal["low", "medium", "high"] = "medium"
    speed: Literal["fast", "medium", "slow"] = "medium"
    resolution: Resolution = "1280x720"
    max_wait_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None


class WaitingParameters(Strict):
    """How a waiting request is to be generated."""

    resolution: Resolution | None = None
    steps: Annotated[int, Field(ge=1, le=100)] | None = None


class WaitingContent(Strict):
    """What a waiting request is to generate."""

    prompt: Annotated[str, Field(min_length=1, max_length=500)]
    parameters: WaitingParameters = WaitingParameters()


class WaitingWish(Strict):
    """A request that is to wait."""

    model_id: Name
    request: WaitingContent
    priority: Annotated[Literal["critical", "high", "normal", "low"], BeforeValidator(_lower)] = "normal"
    max_wait_time_minutes: Annotated[int, Field(ge=1, le=1440)] = 60


class CleanUp(Strict):
    """A clean-up that is asked for."""

    target_space_gb: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    keep_recent_days: Annotated[int, Field(ge=0, le=3650)] = 30
    dry_run: bool = True


class Submission(Strict):
    """A generation that is asked for."""

    prompt: Annotated[str, Field(min_length=1, max_length=500)]
    model_type: Name
    resolution: Resolution = "1280x720"
    steps: Annotated[int, Field(ge=1, le=100)] = 50
    lora_path: Annotated[str, Field(max_length=300), AfterValidator(_inside)] | None = None
    lora_strength: Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)] = 1.0
    priority: Annotated[Literal["low", "normal", "high"], BeforeValidator(_lower)] = "normal"
    allow_mock: bool = False


class Policies(Strict):
    """Policies that are to be changed."""

    policies: dict[str, Any]


class Trigger(Strict):
    """A recovery that is asked for."""

    failure_type: Any = None
    context: dict[str, Any] = Field(default_factory=dict)


Basic = answer(
    "BasicStatus",
    "model_id model_type status is_available is_loaded is_valid size_mb model_path estimated_vram_usage_mb "
    "hardware_compatible optimization_applied download_progress error_message",
)
Statuses = answer("Statuses", "timestamp total_models available_models", models=dict[str, Basic])  # type: ignore[valid-type]
Detailed = answer(
    "DetailedStatus",
    "model_id availability_status is_available is_loaded size_mb download_progress missing_files integrity_score "
    "last_health_check performance_score corruption_detected usage_frequency last_used average_generation_time "
    "can_pause_download can_resume_download estimated_download_time current_version latest_version update_available "
    "available_actions source_reachable",
)
DetailedStatuses = answer(
    "DetailedStatuses",
    "system_statistics timestamp",
    models=dict[str, Detailed],  # type: ignore[valid-type]
)
Started = answer("DownloadStarted", "message model_type status download_required")
Managed = answer("DownloadManaged", "success message model_id action current_status progress_percent timestamp")
Progress = answer(
    "DownloadProgress",
    "download_id model_id model_type kind status progress progress_percent downloaded_mb total_mb speed_mbps "
    "eta_seconds retry_count max_retries next_retry_in_seconds total_retries resumed_from_mb error error_message "
    "failure_reason guidance priority queue_position bandwidth_limit_mbps can_pause can_resume can_cancel started_at "
    "completed_at last_update",
)
ModelHealth = answer(
    "ModelHealth",
    "model_id health_status is_healthy integrity_score issues corruption_types last_check repair_suggestions "
    "can_auto_repair performance_trend",
)
SystemHealth = answer(
    "HubHealth",
    "system_health recommendations timestamp",
    model_health=dict[str, ModelHealth],  # type: ignore[valid-type]
)
Validated = answer("Validated", "model_type integrity_status is_valid message missing_files")
VerifiedAnswer = answer("Verified", "model_type is_valid details")
CheckBegun = answer("CheckBegun", "success check_id estimated_completion")
RepairBegun = answer("RepairBegun", "success repair_id actions_taken estimated_completion")
HealthAndRepair = answer(
    "HealthAndRepair",
    "model_id health_status is_healthy integrity_score issues corruption_types last_check repair_suggestions "
    "can_auto_repair performance_trend repair",
)
Suggested = answer(
    "Suggested",
    "requested_model alternative_suggestion suggestions fallback_strategy wait_time_estimate setup_steps timestamp",
)
WaitingTaken = answer(
    "WaitingTaken",
    "success queue_id position estimated_wait_time_minutes estimated_start_time download_required message",
)
WaitingOne = answer(
    "WaitingRequest",
    "queue_id model_id prompt priority status position estimated_wait_time_minutes created_at expires_at task_id "
    "error_message",
)
WaitingList = answer("WaitingRequests", "total_waiting capacity", requests=list[WaitingOne])  # type: ignore[valid-type]
UsageReport = answer("UsageReport", "time_period system_analytics model_analytics timestamp")
Cleaned = answer("Cleaned", "dry_run recommendations executed_actions total_space_freed_gb timestamp")
StorageReport = answer("StorageReport", "storage_summary models_storage cleanup_suggestions")
Deleted = answer("Deleted", "success model_id space_freed_gb message")
Updates = answer("Updates", "updates checked_at source_reachable")
UpdateBegun = answer("UpdateBegun", "success update_id model_id from_version to_version status")
Taken = answer(
    "GenerationTaken",
    "task_id status message real_ai_enabled generation_mode upgrade_path hardware_optimized estimated_vram_gb "
    "queue_position estimated_wait_seconds priority priority_options parameters",
)
Tasks = answer("Tasks", "tasks total_tasks pending_tasks processing_tasks completed_tasks failed_tasks")
TaskCancelled = answer("TaskCancelled", "message task_id")
PreferencesAnswer = answer("Preferences", "user_id preferences last_updated")
PreferencesSaved = answer("PreferencesSaved", "success message user_id")
PreferencesChecked = answer("PreferencesChecked", "is_valid errors warnings")
PoliciesAnswer = answer("PoliciesInForce", "policies")
Flags = answer("FeatureFlags", "flags timestamp")
FlagSet = answer("FeatureFlagSet", "success flag enabled")
Acknowledged = answer("Acknowledged", "success message")
RecoveryStatus = answer(
    "RecoveryStatus",
    "recovery_system_active health_monitoring_active mock_generation_enabled degraded_mode_active recovery_statistics "
    "current_health_status timestamp",
)
RecoveryHealth = answer(
    "RecoveryHealth",
    "overall_status cpu_usage_percent memory_usage_percent vram_usage_percent gpu_available model_loading_functional "
    "generation_pipeline_functional issues recommendations last_check_timestamp",
)
RecoveryActions = answer("RecoveryActions", "actions")
RecoveryTriggered = answer(
    "RecoveryTriggered", "recovery_triggered failure_type success outcome action_taken message timestamp"
)
HealthAnswer = answer("Health", "status timestamp version components")
SystemStats = answer(
    "SystemStats",
    "cpu_percent ram_used_gb ram_total_gb ram_percent gpu_percent vram_used_mb vram_total_mb vram_percent timestamp",
)
