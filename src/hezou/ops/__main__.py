"""`python -m hezou.ops`: the command line, for processes that start others of their kind."""

import sys

from hezou.ops.cli import main

sys.exit(main())
