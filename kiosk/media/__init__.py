"""The media process: owner of the camera, the live analysis and the call."""
