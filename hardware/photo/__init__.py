"""Photo check by BSI TR-03121: find the face, measure every criterion, crop, guide live."""
