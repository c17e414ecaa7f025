"""Devices of a terminal, their wire protocols, simulators and capture quality."""
