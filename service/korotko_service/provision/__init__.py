"""Getting models onto a machine: download, import, check, convert and install whole or not at all; never part of serving."""
