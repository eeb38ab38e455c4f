"""How many articles of 500 words are tagged in a second of CPU time.

The texts are written here, in English, French and Arabic, with about as many names
in them as news of the region has. Measured with the shipped vocabulary, and with as
many tags more as make 5,000. Run by `make bench`; needs no network.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from itertools import islice, product

from config.load import load_settings
from config.tag_settings import TagSettings
from store.classify.tagging import Tagger, build_tagger

WORDS_IN_A_TEXT = 500
ARTICLES = 900
REPEATS = 5
MANY_TAGS = 5_000
_OTHER_WORDS_A_NAME = 30
"""Counted in news of the region: two to four names in each hundred words."""

FILLING = {
    "en": "the of and to in a on for with that its as by from was has talks week said "
    "minister people government after before market prices water road new against "
    "country's region officials, Monday. million per cent which would during between",
    "fr": "le de la et les des en un à dans pour que sur par avec au est l’accord plus "
    "ministre après avant prix marché l’eau route nouvelle contre région, lundi. selon "
    "élections présidence été réunion semaine gouvernement d’une qu’il depuis très",
    "ar": "في من على أن إلى عن التي الذي هذا بعد قبل خلال وزير الحكومة الأسعار الماء "
    "الطريق جديد ضد المنطقة، الاثنين. مليون حسب انتخابات رئاسة اجتماع أسبوع وقال",
}


def write_texts(
    tags: Mapping[str, TagSettings], choice: random.Random
) -> list[tuple[str, str, str]]:
    """Title, text and language of every article."""
    names = {
        code: [name.name for tag in tags.values() for name in tag.names.get(code, ())]
        for code in FILLING
    }
    return [
        (
            _write(FILLING[code].split(), names[code], 10, choice),
            _write(FILLING[code].split(), names[code], WORDS_IN_A_TEXT, choice),
            code,
        )
        for code in islice(sorted(FILLING) * ARTICLES, ARTICLES)
    ]


def _write(
    words: Sequence[str], names: Sequence[str], count: int, choice: random.Random
) -> str:
    written = [
        choice.choice(words if choice.randrange(_OTHER_WORDS_A_NAME) else names)
        for _ in range(count)
    ]
    return " ".join(" ".join(written).split()[:count])


def more_tags(tags: Mapping[str, TagSettings]) -> dict[str, TagSettings]:
    """The tags and as many of invented places as make MANY_TAGS."""
    syllables = [a + b for a, b in product("bdfgklmnrstz", "aeiou")]
    invented = islice(product(syllables, repeat=3), MANY_TAGS - len(tags))
    made = {
        f"place-{number}": TagSettings.model_validate(
            {
                "title": "".join(parts).title(),
                "kind": "place",
                "names": {"en": ["".join(parts), f"{''.join(parts)}ian"]},
            }
        )
        for number, parts in enumerate(invented)
    }
    return {**tags, **made}


def articles_a_second(tagger: Tagger, texts: Sequence[tuple[str, str, str]]) -> float:
    """Articles tagged in a second of CPU time, the best of several runs."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        for title, text, language in texts:
            tagger.tag(title, text, language)
        best = min(best, time.process_time() - start)
    return len(texts) / best


def main() -> None:
    """Print the speed with the shipped tags and with many."""
    settings = load_settings(None, environ={}).settings
    publishers = [source.title for source in settings.sources.values() if source.title]
    print(
        f"{ARTICLES} articles of {WORDS_IN_A_TEXT} words, a third each of "
        f"{sorted(FILLING)}, best of {REPEATS} runs, one process"
    )
    for tags in (settings.tags, more_tags(settings.tags)):
        texts = write_texts(tags, random.Random(5))  # noqa: S311 - the same every run
        tagger = build_tagger(
            tags, publisher_names=publishers, boilerplate=settings.boilerplate
        )
        hits = sum(len(one.hits) for text in texts for one in tagger.tag(*text))
        print(
            f"{len(tags):>6,} tags: {articles_a_second(tagger, texts):>7,.0f} "
            f"articles a CPU second, {hits / len(texts):.1f} hits in each"
        )
        for code in sorted(FILLING):
            some = [text for text in texts if text[2] == code]
            print(f"        {code}: {articles_a_second(tagger, some):>7,.0f}")


if __name__ == "__main__":
    main()
