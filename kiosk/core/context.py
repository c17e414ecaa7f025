"""What the core is told about the world: catalogue, texts, place and limits."""

from dataclasses import dataclass
from datetime import date

from kiosk.config import Timeouts
from kiosk.core import journey
from kiosk.core.texts import Texts
from kiosk.core.visit import Visit
from server.contract.catalogue import Catalogue, ChannelRule, Service


@dataclass(frozen=True, slots=True)
class Context:
    """One frozen picture of the surroundings, handed in with every event."""

    catalogue: Catalogue
    texts: Texts
    today: date
    place: str
    terminal: str
    timeouts: Timeouts
    language: str = "de"
    simulated: tuple[str, ...] = ()
    speech: bool = True  # whether speech output is offered
    sound: bool = True  # whether what is said can be heard at all
    headphones: bool = False  # whether only the citizen hears it
    trouble: str = ""  # code of what keeps the terminal from serving at all

    def service(self, visit: Visit) -> Service | None:
        """Return the service of this visit, None before it is chosen."""
        return self.catalogue.service(visit.service)

    def offered(self) -> tuple[Service, ...]:
        """Return the services that a terminal may at least prepare."""
        return tuple(
            one for one in self.catalogue.services if one.channels.kiosk is not ChannelRule.NONE
        )

    def say(self, visit: Visit, name: str, **values: object) -> str:
        """Return a text in the citizen's language, to a parent the one about the child."""
        child = f"{name}_child"
        if journey.is_asked_of_a_parent(visit.birth.band) and self.texts.has(child):
            name = child
        return self.texts.say(visit.look.language, name, **values)
