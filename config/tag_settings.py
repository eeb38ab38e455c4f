"""The models of the vocabulary: tags, their names, and what is no article's own text.

Says what a key may hold; what the names mean in a text is `store/classify`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from config.model import Model
from config.values import LanguageCode, Slug, TagKind

LONGEST_NAME = 200
"""The longest names of real things have half of it; a pasted text has more."""


def _check_name(value: str) -> str:
    letters = [one for one in value if unicodedata.category(one)[0] in "LN"]
    if len(letters) < 2:
        raise ValueError("a name has two letters or more, else it is in every text")
    if any(unicodedata.category(one) in ("Cc", "Cs", "Co") for one in value):
        raise ValueError("write the name on one line, without control characters")
    return value


NameText = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_check_name)]
CategoryName = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class NameSettings(Model):
    """One name of a tag, with what an ambiguous name needs to count."""

    name: NameText = Field(description="The name, as texts have it.")
    exact: bool = Field(
        default=False,
        description="Case and accents must be as written (acronyms); the name then "
        "counts only in its own language.",
    )
    near: Literal["region"] | tuple[Slug, ...] = Field(
        default=(),
        description="Counts only beside a firm name of one of these tags, or of any "
        "tag of the same region.",
    )
    unless: tuple[NameText, ...] = Field(
        default=(),
        description="Words that show another meaning. Names of themes do not count "
        "within about ten words of one, all other names nowhere in its article.",
    )


def _name_from_text(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


TagName = Annotated[
    NameSettings,
    BeforeValidator(_name_from_text, json_schema_input_type=str | NameSettings),
]
NamesByLanguage = Mapping[LanguageCode, tuple[TagName, ...]]


class TagSettings(Model):
    """A mark of the vocabulary and the names by which texts show it."""

    title: str = Field(
        min_length=1, max_length=LONGEST_NAME, description="What readers see of it."
    )
    kind: TagKind = Field(
        description="What it stands for. Names of themes count in their own language, "
        "all others in every language."
    )
    region: Slug | None = Field(default=None, description="For `near: region`.")
    medtop: str | None = Field(
        default=None, pattern=r"^medtop:\d{8}$", description="IPTC Media Topic."
    )
    names: NamesByLanguage = Field(
        default_factory=dict, description="How texts name it, by language."
    )
    never: tuple[NameText, ...] = Field(
        default=(),
        alias="not",
        description="Phrases in which a name does not count, such as Niger Delta.",
    )


class BoilerplateSettings(Model):
    """What stands in texts and is not what they say: no name counts there."""

    names: tuple[NameText, ...] = Field(
        default=(),
        description="Names of publishers and agencies beside the configured sources.",
    )
    agencies: tuple[NameText, ...] = Field(
        default=(),
        description="Short names of agencies, as in ALGER (APS): nothing counts in "
        "such a beginning of a text.",
    )
    openings: tuple[NameText, ...] = Field(
        default=(),
        description="Words that lead to other articles, such as Read more on: nothing "
        "counts from there to the end of the line.",
    )
    sentences: tuple[NameText, ...] = Field(
        default=(),
        description="Words of machines, such as appeared first on: nothing counts in "
        "the whole sentence.",
    )
