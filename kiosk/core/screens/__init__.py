"""Bodies of the screens: pure functions (visit, context) -> body, all texts finished."""
