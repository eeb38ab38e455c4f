"""What the page about the service says that is not the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from publish.addresses import publishable_link

PHRASES = (
    ("migration", "with the word, its plural or another form of it"),
    ('"Sahara occidental"', "with exactly these words"),
    ("migra*", "with a word that begins so"),
    ("about:mali", "that are about Mali: in the title, or three times in the text"),
    ("mentions:mali", "that mention Mali at all"),
    ("mali -football", "with one, and without the other"),
    ("mali OR niger", "with one of both; capitals matter"),
    ("(mali OR niger) drones", "with one of both, and with drones"),
    ("title:elections", "with the word in the title"),
    ("lang:fr", "in French"),
    ("source:yabiladi", "that this source carried"),
    ("after:2026-06-01", "published since that day; before: is the other way round"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How the operator can be reached: an address to follow, and how it is shown."""

    address: str
    text: str


def describe_contact(contact: str | None) -> Contact | None:
    """The contact of the settings as a link; None where there is none to follow."""
    link = publishable_link(contact)
    if link is not None:
        return Contact(address=link, text=link)
    mail = (contact or "").removeprefix("mailto:")
    if "@" in mail and ":" not in mail and "/" not in mail:
        return Contact(address=f"mailto:{mail}", text=mail)
    return None
