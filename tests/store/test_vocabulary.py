"""When stored articles are to be tagged anew."""

from collections.abc import Mapping
from typing import Any

import pytest

from config.tag_settings import BoilerplateSettings, TagSettings
from store.classify.vocabulary import digest_vocabulary

MALI = {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}


def digest(
    tag: Mapping[str, Any] = MALI,
    *,
    machines: tuple[str, ...] = (),
    categories: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    return digest_vocabulary(
        {"mali": TagSettings.model_validate(tag)},
        BoilerplateSettings(openings=machines),
        categories or {},
    )


CHANGES = {
    "another name": digest({**MALI, "names": {"en": ["Mali", "Malian"]}}),
    "a phrase that is not the tag": digest({**MALI, "not": ["Mali Obama"]}),
    "another kind": digest({**MALI, "kind": "theme"}),
    "boilerplate": digest(machines=("Read also",)),
    "what a category means": digest(categories={"yabiladi": {"Mali": "mali"}}),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_a_change_that_may_change_tags_is_seen(changed: str) -> None:
    assert changed != digest()


SAME = {
    "nothing": digest(),
    "another title": digest({**MALI, "title": "Republic of Mali"}),
    "another code of the press": digest({**MALI, "medtop": "medtop:20000771"}),
    "a source without categories": digest(categories={"yabiladi": {}}),
}


@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_a_change_that_changes_no_tag_is_none(same: str) -> None:
    assert same == digest()
