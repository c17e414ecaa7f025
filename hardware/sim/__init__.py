"""Simulators that speak the wire protocol of a device, with faults on demand."""
