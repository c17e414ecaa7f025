"""Photo check: the face found once, then one function per criterion of BSI TR-03121."""
