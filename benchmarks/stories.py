"""How well stories are told apart and articles compared, and how fast.

Headlines of known stories arrive in order of time. The parameters of each part are
also chosen on the other part alone, from a small grid, so that no story has a say in
how it is judged. Since each story of the table arrives within a minute or two, which
news does not, they are told once more with their articles spread over two days.
Pairs of whole articles say how alike people found them. The data are no part of this
repository: give their folder as an argument, or have them in ../shared/data.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path

from benchmarks.telling import tfidf
from benchmarks.telling.scores import StoryScores, pearson, score_stories
from benchmarks.telling.texts import (
    Headline,
    Pair,
    Told,
    read_headlines,
    read_pairs,
    split_by_story,
)
from store.article import StoryId
from store.identify.gist import Gist, gist_of
from store.identify.similarity import TermCounts, similarity
from store.identify.stories import DEFAULT_RULES, StoryIndex, StoryRules

_FOLDER = Path(__file__).parents[2] / "shared" / "data"
_HEADLINES = Path("stories", "uci_headlines.jsonl.gz")
_PAIRS = Path("similarity", "semeval22_pairs.jsonl.gz")
_GRID = {
    "repeats": (0.03, 0.05, 0.1),
    "doubt": (0.3, 0.5, 0.8),
    "presumed_stories": (50.0, 100.0, 200.0),
}
_UNRELATED, _SAME_EVENT = 3.5, 2.0
_LIVE, _MEASURED = 20_000, 2_000
_SHORTEST = 1e-6  # seconds of CPU that a figure rests on
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def main(folder: Path) -> None:
    """Print every figure that the data in the folder allow, and the speed."""
    for name, show in ((_HEADLINES, show_stories), (_PAIRS, show_pairs)):
        if (folder / name).exists():
            show(folder / name)
        else:
            print(f"skipped, there is no {folder / name}")
    show_speed()


def show_stories(path: Path) -> None:
    """Print how well the headlines of the file are put into stories."""
    headlines = read_headlines(path)
    first, second = split_by_story(headlines)
    print(f"{_say_size(headlines)}; two parts: {_say_size(first)}, {_say_size(second)}")
    _show("TF-IDF centroids, threshold .1, no decay", _cluster(headlines, None))
    _show("TF-IDF centroids, threshold .1, half-life 12 h", _cluster(headlines, 12))
    _show("rekkas, all", tell(headlines))
    for name, part, other in (("first", first, second), ("second", second, first)):
        _show(f"rekkas, {name} part", tell(part))
        chosen = choose(other)
        _show(f"  parameters chosen on the other part {_changes(chosen)}",
              tell(part, chosen))  # fmt: skip
    _show("rekkas, all, spread over two days", tell(spread(headlines)))


def tell(
    headlines: Sequence[Headline], rules: StoryRules = DEFAULT_RULES
) -> StoryScores:
    """How well the headlines are told apart as they arrive."""
    index = StoryIndex(rules)
    found = [
        _join(index, gist_of(one.title, "", "en"), one.published_at, number)
        for number, one in enumerate(headlines)
    ]
    return score_stories(found, [one.story for one in headlines])


def choose(headlines: Sequence[Headline]) -> StoryRules:
    """The rules of the grid that tell these headlines apart best."""
    grid = [
        replace(DEFAULT_RULES, repeats=repeats, doubt=doubt, presumed_stories=presumed)
        for repeats, doubt, presumed in product(*_GRID.values())
    ]
    return max(grid, key=lambda rules: _mean(tell(headlines, rules)))


def spread(headlines: Sequence[Headline]) -> list[Headline]:
    """The headlines as if stories had begun at any time and gone on for a day."""
    chance = random.Random(7)  # noqa: S311 - the same at every run
    begins = {
        story: timedelta(hours=chance.uniform(0, 48))
        for story in sorted({one.story for one in headlines})
    }
    later = [
        replace(
            one,
            published_at=_NOON
            + begins[one.story]
            + timedelta(hours=chance.expovariate(0.1)),
        )
        for one in headlines
    ]
    return sorted(later, key=lambda one: one.published_at)


def show_pairs(path: Path) -> None:
    """Print how our similarity agrees with people's, and what ends in one story."""
    pairs = read_pairs(path)
    for language in dict.fromkeys(pair.language for pair in pairs):
        show_language([pair for pair in pairs if pair.language == language])
    for arriving, alone in (("one after another", False), ("each pair alone", True)):
        together = _pairs_in_one_story(pairs, alone=alone)
        for name, chosen in (
            (f"scored {_UNRELATED} or more", _at_least(pairs, _UNRELATED)),
            (f"scored {_SAME_EVENT} or less", _at_most(pairs, _SAME_EVENT)),
        ):
            joined = len(chosen & together)
            print(f"in one story, {arriving}: {joined} of {len(chosen)} {name} "
                  f"({joined / len(chosen):.1%})")  # fmt: skip


def show_language(pairs: Sequence[Pair]) -> None:
    """Print the correlations in one language, of all pairs and of each half."""
    gists = [_gists(pair) for pair in pairs]
    counts = TermCounts()
    for gist in {gist: None for pair in gists for gist in pair}:
        counts.add(gist.counts.keys())
    ours = [similarity(*pair, counts.rarity) for pair in gists]
    plain = tfidf.pair_cosines([pair.articles for pair in pairs])
    people = [-pair.distance for pair in pairs]
    figures = ", ".join(
        f"{name} {pearson(ours[part], people[part]):.3f} "
        f"(cosine {pearson(plain[part], people[part]):.3f})"
        for name, part in (
            ("all", slice(None)),
            ("even", slice(0, None, 2)),
            ("odd", slice(1, None, 2)),
        )
    )
    print(f"similarity, {len(pairs)} {pairs[0].language} pairs, Pearson: {figures}")


def show_speed() -> None:
    """Print how many articles join a second where many are alive."""
    for name, words in (("headlines", 0), ("articles of 300 words", 300)):
        index = StoryIndex()
        made = list(make_articles(_LIVE + _MEASURED, words))
        start = time.process_time()
        gists = [gist_of(one.title, one.body, "en") for one in made]
        reading = _cpu_seconds_since(start) / len(gists)
        for number, gist in enumerate(gists):
            if number == _LIVE:
                start = time.process_time()
            _join(index, gist, _NOON + timedelta(seconds=10 * number), number)
        joining = _cpu_seconds_since(start) / _MEASURED
        print(f"{_LIVE} {name} alive: {1 / joining:,.0f} join a CPU second, "
              f"{1 / (joining + reading):,.0f} with their terms")  # fmt: skip


def _cpu_seconds_since(start: float) -> float:
    """More than nothing: a clock that ticks seldom may stand still over a few."""
    return max(time.process_time() - start, _SHORTEST)


def make_articles(number: int, words: int) -> Iterator[Told]:
    """Articles of which about every other tells an event that another tells too.

    Their words are as frequent as words of news are, the commonest left out.
    """
    chance = random.Random(1)  # noqa: S311 - the same at every run
    vocabulary = [f"word{rank}" for rank in range(60_000)]
    weights = list(accumulate(1 / (rank + 30) for rank in range(60_000)))

    def some(count: int) -> list[str]:
        return chance.choices(vocabulary, cum_weights=weights, k=count)

    events = [(some(6), some(30)) for _ in range(number // 2)]
    for _ in range(number):
        headline, text = chance.choice(events)
        own, shared = some(words * 2 // 3), chance.choices(text, k=words // 3)
        yield Told(
            title=" ".join(chance.sample(headline, 4) + some(5)),
            body=" ".join(shared + own),
        )


def _join(index: StoryIndex, gist: Gist, at: datetime, number: int) -> StoryId:
    """The story that an article joins, its own number where it founds one."""
    found = index.find(gist, at)
    story = StoryId(number) if found is None else found
    index.place(story, gist, at)
    return story


def _pairs_in_one_story(pairs: Sequence[Pair], *, alone: bool) -> frozenset[int]:
    """Which pairs end in one story, all told at one moment."""
    index = StoryIndex()
    together = set()
    for number, pair in enumerate(pairs):
        index = StoryIndex() if alone else index
        first, second = (
            _join(index, gist, _NOON, 2 * number + place)
            for place, gist in enumerate(_gists(pair))
        )
        if first == second:
            together.add(number)
    return frozenset(together)


def _gists(pair: Pair) -> tuple[Gist, Gist]:
    first, second = pair.articles
    return (
        gist_of(first.title, first.body, pair.language),
        gist_of(second.title, second.body, pair.language),
    )


def _at_least(pairs: Sequence[Pair], distance: float) -> frozenset[int]:
    return frozenset(n for n, pair in enumerate(pairs) if pair.distance >= distance)


def _at_most(pairs: Sequence[Pair], distance: float) -> frozenset[int]:
    return frozenset(n for n, pair in enumerate(pairs) if pair.distance <= distance)


def _cluster(headlines: Sequence[Headline], half_life: float | None) -> StoryScores:
    return score_stories(
        tfidf.cluster(headlines, 0.1, half_life), [one.story for one in headlines]
    )


def _say_size(headlines: Sequence[Headline]) -> str:
    return (
        f"{len(headlines)} headlines of {len({one.story for one in headlines})} stories"
    )


def _mean(scores: StoryScores) -> float:
    return (scores.f1 + scores.ari) / 2


def _changes(rules: StoryRules) -> str:
    return ", ".join(f"{name} {getattr(rules, name):g}" for name in _GRID)


def _show(name: str, scores: StoryScores) -> None:
    print(f"{name}: B-cubed F1 {scores.f1:.3f}, ARI {scores.ari:.3f}, precision "
          f"{scores.precision:.3f}, recall {scores.recall:.3f}, "
          f"{scores.stories} stories")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
