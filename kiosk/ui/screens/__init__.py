"""One module per screen: a pure function from a body of the view to a tree of pieces."""
