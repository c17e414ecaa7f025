"""Base of every message of a call: frozen, strict, no unknown fields."""

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """A frozen, strict message; JSON text is its only form on the wire."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)
