from __future__ import annotations

import pytest

from ingest.formats.attached import choose_picture, read_count

JPG, MP3 = "https://a.example/1.jpg", "https://a.example/1.mp3"
PICTURES = {
    "a thumbnail comes before a file": (
        [{"url": "https://a.example/small.jpg"}],
        [{"url": JPG, "type": "image/jpeg"}],
        "https://a.example/small.jpg",
    ),
    "the first file that is a picture by its type": (
        [],
        [{"href": MP3, "type": "audio/mpeg"}, {"href": JPG, "type": "image/jpeg"}],
        JPG,
    ),
    "a file that is a picture by its medium": (
        [],
        [{"url": JPG, "medium": "image"}],
        JPG,
    ),
    "a thumbnail without address": ([{"url": " "}], [], None),
    "no picture among the files": ([], [{"url": MP3}], None),
}


@pytest.mark.parametrize(
    ("named", "files", "picture"), PICTURES.values(), ids=PICTURES.keys()
)
def test_the_picture_of_an_entry(
    named: list[dict[str, str]], files: list[dict[str, str]], picture: str | None
) -> None:
    assert choose_picture(named, files) == picture


COUNTS = {"12": 12, " 0 ": 0, "": None, "many": None, "9" * 10: None, "٣": None}


@pytest.mark.parametrize(("word", "count"), COUNTS.items())
def test_a_count_is_made_of_a_few_digits(word: str, count: int | None) -> None:
    assert read_count(word) == count
