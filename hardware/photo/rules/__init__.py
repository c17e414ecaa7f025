"""One small pure function per criterion of TR-03121-3 Vol. GID, Table 5.2, and their limits."""
