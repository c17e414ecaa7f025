"""Fingerprint scanners, print quality and WSQ."""
