"""Cameras by URL: V4L2 devices, MJPEG over HTTP, and films or picture folders played live."""

from hardware.camera.driver import open_camera

__all__ = ["open_camera"]
