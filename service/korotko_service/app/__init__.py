"""The composition root: the only room that sees every floor, and the only one that builds parts."""

from korotko_service.app.parts import access, binding, model_folders
from korotko_service.app.server import RELOAD_SIGNAL, STOP_SIGNALS, App

__all__ = ["RELOAD_SIGNAL", "STOP_SIGNALS", "App", "access", "binding", "model_folders"]
