from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks import stories
from benchmarks.telling import tfidf
from benchmarks.telling.scores import pearson, score_stories
from benchmarks.telling.texts import Headline, cut, read_headlines, split_by_story

TITLES = {
    "border": ["Mali border reopens", "Border of Mali open", "Trucks at Mali border"],
    "strike": ["Dakhla fishermen strike", "Strike of Dakhla fishermen"],
}


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the data come in, with five headlines and six pairs."""
    write_rows(
        tmp_path / "stories" / "uci_headlines.jsonl.gz",
        [
            {
                "title": title,
                "story": story,
                "published_at": f"2026-11-23T12:0{minute}:00+00:00",
            }
            for story, titles in TITLES.items()
            for minute, title in enumerate(titles)
        ],
    )
    pairs = [
        ("Mali border\nTrucks wait in Bordj.", "Border of Mali\nTrucks in Bordj.", 1),
        ("Mali border\nTrucks wait in Bordj.", "Rain in Tunis\nUntil Friday.", 4),
        ("Rain in Tunis\nUntil Friday.", "Rain over Tunis\nOn Friday.", 2),
    ]
    write_rows(
        tmp_path / "similarity" / "semeval22_pairs.jsonl.gz",
        [
            {"language": "en", "text1": one, "text2": other, "overall": distance}
            for one, other, distance in [*pairs, *reversed(pairs)]
        ],
    )
    return tmp_path


def test_stories_told_apart_exactly_score_1() -> None:
    scores = score_stories([5, 5, 7], ["a", "a", "b"])

    assert (scores.f1, scores.ari, scores.stories) == (1, 1, 2)


def test_one_story_of_everything_has_recall_and_little_precision() -> None:
    scores = score_stories([0, 0, 0, 0], ["a", "a", "b", "b"])

    assert (scores.precision, scores.recall, scores.ari) == (0.5, 1, 0)


def test_pearson_is_1_for_a_line_and_minus_1_for_its_mirror() -> None:
    assert pearson([1, 2, 3], [10, 20, 30]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)


def test_the_two_parts_share_no_story_and_lose_no_headline(folder: Path) -> None:
    headlines = read_headlines(folder / "stories" / "uci_headlines.jsonl.gz")

    first, second = split_by_story(headlines)

    assert len(first) + len(second) == len(headlines)
    assert not {one.story for one in first} & {one.story for one in second}


def test_a_text_is_cut_behind_its_first_line_or_some_words() -> None:
    assert cut("Title\nBody").title == "Title"
    assert cut("word " * 60).title == " ".join(["word"] * 12)


def test_centroids_part_headlines_without_a_word_in_common(folder: Path) -> None:
    headlines: tuple[Headline, ...] = read_headlines(
        folder / "stories" / "uci_headlines.jsonl.gz"
    )

    assert tfidf.cluster(headlines, 0.01, 12) == [0, 0, 0, 1, 1]
    assert tfidf.cluster(headlines, 0.01, None) == [0, 0, 0, 1, 1]


def test_all_figures_are_printed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "_LIVE", 20)
    monkeypatch.setattr(stories, "_MEASURED", 5)

    stories.main(folder)

    printed = capsys.readouterr().out
    assert "5 headlines of 2 stories" in printed
    assert "similarity, 6 en pairs" in printed
    assert "of 2 scored 3.5 or more" in printed
    assert "join a CPU second" in printed


def test_what_is_not_there_is_skipped_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "_LIVE", 20)
    monkeypatch.setattr(stories, "_MEASURED", 5)

    stories.main(tmp_path)

    assert capsys.readouterr().out.count("skipped") == 2
