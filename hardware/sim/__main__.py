"""Simulated devices as programs: `python -m hardware.sim fingerprint|printer|camera`."""

import argparse
import importlib
import importlib.util
import sys

_KINDS = ("fingerprint", "printer", "camera")


def main(arguments: list[str] | None = None) -> int:
    """Run the simulator the arguments ask for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m hardware.sim", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    present = [kind for kind in _KINDS if importlib.util.find_spec(f"hardware.sim.{kind}")]
    modules = {kind: importlib.import_module(f"hardware.sim.{kind}") for kind in present}
    for module in modules.values():
        module.add_parser(kinds)
    args = parser.parse_args(arguments)
    return int(modules[args.kind].run(args))


if __name__ == "__main__":
    sys.exit(main())
