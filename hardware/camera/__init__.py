"""Cameras by URL: V4L2 devices, MJPEG over HTTP, and films or picture folders played live."""
