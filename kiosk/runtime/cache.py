"""The catalogue as the server last gave it, kept for a start without a network."""

import logging
from pathlib import Path

from pydantic import ValidationError

import assets
from server.contract import catalogue_file
from server.contract.catalogue import Catalogue

log = logging.getLogger(__name__)


def read(cache: Path) -> Catalogue:
    """Return the catalogue as the server last gave it, or the one that came with the program."""
    try:
        return Catalogue.model_validate_json(cache.read_bytes())
    except OSError:
        log.info("no cached catalogue, using the one that came along")
    except ValidationError as cause:
        log.warning("CAT-001 cached catalogue not understood: %s", cause.errors()[0]["type"])
    return catalogue_file.load(assets.path("services"))


def keep(cache: Path, catalogue: Catalogue) -> None:
    """Write beside, then rename, so that a start never meets half a file."""
    beside = cache.with_suffix(".new")
    beside.write_text(catalogue.model_dump_json(), encoding="utf-8")
    beside.replace(cache)
