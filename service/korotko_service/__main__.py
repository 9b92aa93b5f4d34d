"""`python -m korotko_service`: the same as the command korotko-service."""

import sys

from korotko_service.cli import main

if __name__ == "__main__":
    sys.exit(main())
