"""`python -m server`: serve, migrate, init, staff, terminal, office-key, audit."""

import sys

from server.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
