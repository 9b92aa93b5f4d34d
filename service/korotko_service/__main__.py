"""The command korotko-service, which is also `python -m korotko_service`. Signals wait while it imports the rest, which takes a second."""

import signal
import sys


def main() -> int:
    """Run the command, which lets the signals through as soon as it can handle them (`cli/process.py`); SIGTERM then acts as Ctrl-C.

    Otherwise they would end it silently or, in a container, do nothing: there the kernel drops what the first process does not handle.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from korotko_service import cli  # noqa: PLC0415  # This takes the second.

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
