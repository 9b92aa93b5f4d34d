"""The version of the SDK, defined only here."""

__version__ = "0.1.0"
