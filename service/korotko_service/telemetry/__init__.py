"""Logs and metrics: what the service tells its operators, and never a user's words."""

from korotko_service.telemetry.libraries import hear_libraries, loop_failed
from korotko_service.telemetry.logs import configure_logging
from korotko_service.telemetry.metrics import Metrics

__all__ = ["Metrics", "configure_logging", "hear_libraries", "loop_failed"]
