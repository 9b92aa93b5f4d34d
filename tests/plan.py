"""The plan of the house (docs/architecture.md) as tables: floors, shelves, and who may import what. Enforced by test_house.py."""

# Floor by floor; a room imports only itself and rooms on floors below.
FLOORS = {
    8: "__main__",
    7: "cli",
    6: "app",
    5: "rpc",
    4: "pipeline editions",
    3: "scheduling catalog fidelity provision",
    2: "text engines admission access quota cache config",
    1: "errors telemetry deadline toml",
    0: "__init__",
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms.split()}

# The same within the two rooms of pure functions: shelves, and modules that are on none.
SHELVES = {
    "text": {
        4: "markdown",
        3: "html briefs",
        2: "sentences words",
        1: "news languages plain chunking assembly",
        0: "document lines wordlists __init__",
    },
    "fidelity": {
        5: "kept",
        4: "check agreement mends",
        3: "amounts guards",
        2: "units names",
        1: "numbers pieces length",
        0: "finding words support __init__",
    },
}
LEVEL_OF = {room: {shelf: level for level, names in levels.items() for shelf in names.split()} for room, levels in SHELVES.items()}

# (room, what it must not import, where that belongs instead)
NEVER = [
    *(("text", room, "text/ knows nothing but errors") for room in FLOOR_OF if room not in ("text", "errors")),
    *(("fidelity", room, "fidelity/ knows only text and errors") for room in FLOOR_OF if room not in ("fidelity", "text", "errors")),
    *(("engines", room, "engines/ know tensors, not who asks") for room in ("scheduling", "rpc", "pipeline")),
    *(("scheduling", room, "scheduling/ knows sequences, not words or the wire") for room in ("rpc", "text")),
    *(
        ("provision", room, "provision/ knows models on disk and on a hub, not serving")
        for room in FLOOR_OF
        if room not in ("provision", "engines", "errors", "telemetry", "toml")
    ),
    ("pipeline", "rpc", "jobs are decoded in rpc/"),
    ("pipeline", "config", "settings are handed in by app"),
    *((room, "config", "only app and cli see the settings") for room in FLOOR_OF if room not in ("app", "cli", "config")),
]
ADAPTER_FREE = ("scheduling", "pipeline")

# (library, rooms of the server that may import it)
OWNERS = {
    "grpc": {"rpc"},
    "grpc_health": {"rpc"},
    "grpc_reflection": {"rpc"},
    "google": {"rpc"},
    "korotko": {"rpc"},
    "ctranslate2": {"engines"},
    "transformers": {"engines"},
    "torch": {"engines"},
    "sentencepiece": {"engines"},
    "huggingface_hub": {"provision.hub"},
    "prometheus_client": {"telemetry"},
    "threading": {"scheduling.workers", "engines.worker_process"},
    "subprocess": {"engines.worker"},
    "socket": {"rpc", "engines.worker", "engines.worker_process", "engines.frames"},
    "concurrent": {"scheduling.workers"},
    "multiprocessing": {"scheduling.workers"},
    "queue": {"scheduling.workers"},
}
