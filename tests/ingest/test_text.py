import pytest

from ingest.normalise.text import LONGEST_EXCERPT, excerpt, shorten, writable

FIRST = "The ministers of both countries met on Monday in the capital for a first talk."
SECOND = "They agreed to meet again."
LONG = "and the border remained closed to all traffic " * 12

WRITABLE = {
    "ordinary text stays": ("« à » مالي — 👍", "« à » مالي — 👍"),
    "lines end in one way": ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
    "tabs are spaces": ("a\tb\x0bc\x0cd", "a b c d"),
    "control characters go": ("a\x00\x07\x1b\x7f\x85\x9fb", "ab"),
    "lone surrogates go": ("a\ud800\udfffb", "ab"),
    "noncharacters go": ("a\ufdd0\ufffe\uffff\U0010ffffb", "ab"),
}


@pytest.mark.parametrize(("text", "expected"), WRITABLE.values(), ids=WRITABLE.keys())
def test_writable_text(text: str, expected: str) -> None:
    assert writable(text) == expected


SHORTENED = {
    "what fits stays": ("one two", 7, "one two"),
    "what does not is cut behind a word": ("one two three", 9, "one two…"),
    "punctuation before the cut goes": ("one two, three", 10, "one two…"),
    "a word that is too long is cut inside": ("abcdefghij", 5, "abcd…"),
}


@pytest.mark.parametrize(
    ("line", "limit", "expected"), SHORTENED.values(), ids=SHORTENED.keys()
)
def test_shortening(line: str, limit: int, expected: str) -> None:
    assert shorten(line, limit) == expected


EXCERPTS = {
    "a short text is whole": (f"{FIRST}\n{SECOND}", f"{FIRST} {SECOND}"),
    "whole sentences, then an ellipsis": (
        f"{FIRST} {SECOND}\n{LONG}",
        f"{FIRST} {SECOND} …",
    ),
    "a question": (f"{FIRST[:-1]}? {LONG}", f"{FIRST[:-1]}? …"),
    "an Arabic question": (f"{FIRST[:-1]}؟ {LONG}", f"{FIRST[:-1]}؟ …"),
    "a Chinese sentence": (f"{FIRST[:-1]}。{LONG}", f"{FIRST[:-1]}。 …"),
    "a closing quotation mark belongs to the sentence": (
        f"“{FIRST}” {LONG}",
        f"“{FIRST}” …",
    ),
    "an initial ends no sentence": (
        f"{FIRST} Then M. {LONG}",
        f"{FIRST} …",
    ),
    "a number ends no sentence": (f"{FIRST} About 3.5 {LONG}", f"{FIRST} …"),
}


@pytest.mark.parametrize(("text", "expected"), EXCERPTS.values(), ids=EXCERPTS.keys())
def test_excerpts(text: str, expected: str) -> None:
    assert excerpt(text) == expected


@pytest.mark.parametrize(
    "text",
    [f"Rabat. {LONG}", LONG, "x" * 1_000],
    ids=["a first sentence too short", "no sentence", "one endless word"],
)
def test_a_text_without_a_fitting_sentence_is_cut_behind_a_word(text: str) -> None:
    cut = excerpt(text)

    assert len(cut) <= LONGEST_EXCERPT
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])


def test_a_word_is_never_cut_in_two() -> None:
    for length in range(290, 310):
        words = excerpt("w" * (length - 290) + " ab cd efg" * 40)[:-1].split()

        assert set(words) <= {"ab", "cd", "efg", "w" * (length - 290)}
