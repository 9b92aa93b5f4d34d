"""`python -m korotko` is the command `korotko`."""

import sys

from korotko_command import main

sys.exit(main())
