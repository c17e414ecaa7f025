"""Cameras: V4L2, network streams and files behind one driver class."""
