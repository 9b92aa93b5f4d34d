"""The door of the command `korotko`: loading what is behind it takes half a second, in which Ctrl-C is no error either."""

INTERRUPTED = 130


def main() -> int:
    """Run the command; the result is the exit code."""
    try:
        from korotko.__main__ import main as run  # noqa: PLC0415 - the import is what may be interrupted

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED
