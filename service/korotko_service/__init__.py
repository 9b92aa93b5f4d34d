"""Korotko's server: news briefs and translation behind gRPC."""

__version__ = "0.1.0"
