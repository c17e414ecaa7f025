"""Benchmarks: each module's `run()` measures and returns rows; `python -m benchmarks` prints."""
