"""Words: pure functions over text; no threads, no network, no model libraries."""
