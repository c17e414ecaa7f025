"""Base of everything that crosses a wire: frozen, strict, no unknown fields, discreet in logs."""

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A frozen, strict message; JSON text is its only form on the wire."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


class Private(Wire):
    """A message about a person: as text it names its type and never what it says."""

    def __repr_args__(self) -> tuple[()]:
        return ()
