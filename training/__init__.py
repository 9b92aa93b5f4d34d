"""Trains, converts, measures and describes the starter model; no part of the service."""
