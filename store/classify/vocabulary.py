"""Whether two vocabularies tag alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from config.tag_settings import BoilerplateSettings, TagSettings

TAGGING_RULES = 1
"""To be raised with every change of the rules themselves, by which texts are tagged."""


def digest_vocabulary(
    tags: Mapping[str, TagSettings],
    boilerplate: BoilerplateSettings,
    category_tags: Mapping[str, Mapping[str, str]],
) -> str:
    """The same for two vocabularies, unless an article may have other tags by them.

    The names of the configured sources are no part of it: a source more would else
    have every stored article tagged anew, for the few that name it.
    """
    written = {
        "rules": TAGGING_RULES,
        "boilerplate": boilerplate.model_dump(mode="json"),
        "categories": {slug: dict(one) for slug, one in category_tags.items() if one},
        "tags": {
            slug: tag.model_dump(mode="json", exclude={"title", "medtop"})
            for slug, tag in tags.items()
        },
    }
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
