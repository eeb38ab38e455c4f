import pytest

from ingest.normalise.text import balanced, shorten, unwrapped, writable

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


UNWRAPPED = {
    "a section that was put there twice": (" <![CDATA[Oil & gas]]>\n", "Oil & gas"),
    "a section that is a part of the text": ("a <![CDATA[b]]>", "a <![CDATA[b]]>"),
    "a section that nothing ends": ("<![CDATA[b", "<![CDATA[b"),
    "no section": ("Oil & gas", "Oil & gas"),
}


@pytest.mark.parametrize(("text", "expected"), UNWRAPPED.values(), ids=UNWRAPPED.keys())
def test_unwrapped_text(text: str, expected: str) -> None:
    assert unwrapped(text) == expected


SHORTENED = {
    "what fits stays": ("one two", 7, "one two"),
    "what does not is cut behind a word": ("one two three", 9, "one two…"),
    "punctuation before the cut goes": ("one two, three", 10, "one two…"),
    "a word that is too long is cut inside": ("abcdefghij", 5, "abcd…"),
    "an accent stays with its letter": ("abcde\u0301fgh", 6, "abcd…"),
    "vowel marks stay with their letter": ("مُحَمَّدمُحَمَّد", 6, "مُحَ…"),
    "a family of emoji is one": ("ab👨‍👩‍👧‍👦cdef", 6, "ab…"),
    "a skin tone stays with its hand": ("abc👍🏽def", 5, "abc…"),
    "a flag is two letters": ("a🇲🇦🇩🇿🇹🇳", 5, "a🇲🇦…"),
    "a whole flag is not parted from the next": ("🇲🇦🇩🇿🇹🇳", 5, "🇲🇦🇩🇿…"),
    "a syllable of Hangul is one": ("ab\u1112\u1161\u11abcd", 5, "ab…"),
    "what is joined by a virama is one": ("क्षक्षक्ष", 6, "क्ष…"),
    "a number sign stays with its number": ("abc\u0600123", 5, "abc…"),
    "one endless letter is cut anywhere": ("a" + "\u0301" * 9, 4, "a\u0301\u0301…"),
    "a direction that the cut leaves open goes": (
        "one \u2067two three\u2069",
        9,
        "one two…",
    ),
}


@pytest.mark.parametrize(
    ("line", "limit", "expected"), SHORTENED.values(), ids=SHORTENED.keys()
)
def test_shortening(line: str, limit: int, expected: str) -> None:
    assert shorten(line, limit) == expected


BALANCED = {
    "no controls": ("one مالي", "one مالي"),
    "marks are no controls": ("one\u200f!", "one\u200f!"),
    "a pair stays": ("a \u2067b\u2069 c", "a \u2067b\u2069 c"),
    "pairs in pairs stay": ("\u2068a\u202bb\u202c\u2069", "\u2068a\u202bb\u202c\u2069"),
    "what is opened alone goes": ("a\u202eb", "ab"),
    "what is closed alone goes": ("a\u2069b\u202cc", "abc"),
    "what closes another goes, and that too": ("\u2067a\u202cb", "ab"),
}


@pytest.mark.parametrize(("line", "expected"), BALANCED.values(), ids=BALANCED.keys())
def test_directional_controls_are_balanced(line: str, expected: str) -> None:
    assert balanced(line) == expected
