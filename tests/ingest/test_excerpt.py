import pytest

from ingest.normalise.excerpt import LONGEST_EXCERPT, excerpt
from tests.cost import measured

FIRST = "The ministers of both countries met on Monday in the capital for a first talk."
SECOND = "They agreed to meet again."
LONG = "and the border remained closed to all traffic " * 12
FRENCH = (
    "Les ministres des deux pays se sont réunis lundi à Rabat pour un premier échange."
)
ARABIC = (
    "التقى وزيرا البلدين يوم الاثنين في العاصمة لإجراء محادثات أولى حول الحدود المغلقة"
)

EXCERPTS = {
    "a short text is whole": (f"{FIRST}\n{SECOND}", f"{FIRST} {SECOND}"),
    "whole sentences, then an ellipsis": (
        f"{FIRST} {SECOND}\nAnd {LONG}",
        f"{FIRST} {SECOND} …",
    ),
    "a question": (f"{FIRST[:-1]}? And {LONG}", f"{FIRST[:-1]}? …"),
    "an exclamation": (f"{FRENCH[:-1]}\u00a0! Et {LONG}", f"{FRENCH[:-1]}\u00a0! …"),
    "an Arabic question": (f"{ARABIC}؟ {ARABIC} {LONG}", f"{ARABIC}؟ …"),
    "an Arabic sentence": (f"{ARABIC}. {ARABIC} {LONG}", f"{ARABIC}. …"),
    "an Urdu sentence": (f"{ARABIC}۔ {ARABIC} {LONG}", f"{ARABIC}۔ …"),
    "a mark that sets the full stop on the left": (
        f"{ARABIC}.\u200f {ARABIC} {LONG}",
        f"{ARABIC}.\u200f …",
    ),
    "a sentence in a direction of its own": (
        f"\u2067{ARABIC}؟\u2069 \u2067{ARABIC} {LONG}\u2069",
        f"\u2067{ARABIC}؟\u2069 …",
    ),
    "an end inside a direction that goes on": (
        f"\u2067{ARABIC}. {ARABIC} {LONG}\u2069",
        f"{ARABIC}. …",
    ),
    "a word of another script in a direction of its own": (
        f"{ARABIC} \u2066NATO\u2069. {ARABIC} {LONG}",
        f"{ARABIC} \u2066NATO\u2069. …",
    ),
    "small letters behind a direction": (
        f"{FIRST} He said “no!”\u200e \u2066and left. {LONG}",
        f"{FIRST} …",
    ),
    "a Chinese sentence": (f"{FIRST[:-1]}。{LONG}", f"{FIRST[:-1]}。 …"),
    "a closing quotation mark belongs to the sentence": (
        f"“{FIRST}” And {LONG}",
        f"“{FIRST}” …",
    ),
    "a spaced guillemet belongs to the sentence": (
        f"«\u00a0{FRENCH}\u00a0» Et {LONG}",
        f"«\u00a0{FRENCH}\u00a0» …",
    ),
    "an ellipsis before a capital": (f"{FIRST[:-1]}… And {LONG}", f"{FIRST[:-1]}… …"),
    "a sentence that ends with a number": (
        f"{FIRST[:-1]} in 1990. And {LONG}",
        f"{FIRST[:-1]} in 1990. …",
    ),
    "the line of a player says nothing": (f"▶ YouTube\n{FIRST}", FIRST),
    "a program's mark of a cut": ("The ministers met […]", "The ministers met …"),
    "another program's mark of a cut": (
        "The ministers met (...) ",
        "The ministers met …",
    ),
    "a direction that is left open": ("One \u202etwo.", "One two."),
}


@pytest.mark.parametrize(("text", "expected"), EXCERPTS.values(), ids=EXCERPTS.keys())
def test_excerpts(text: str, expected: str) -> None:
    assert excerpt(text) == expected


NO_ENDS = {
    "an initial": "Then M. Martin",
    "two initials": "Then J. K. Martin",
    "an abbreviation": "Puis Mme. Martin",
    "an abbreviation in capitals": "Then DR. MARTIN",
    "an abbreviation with points": "The U.S. Congress",
    "a hyphen between initials": "Puis J.-C. Martin",
    "an Arabic title": "ثم د. محمد",
    "an Arabic title of two letters": "ثم أ.د. محمد",
    "a number with a point": "About 3.5 Million",
    "the number of something": "At No. 5 of",
    "a number of an article": "Under art. 12 of",
    "a word in small letters": "He said approx. half",
    "a quotation in a sentence": "« Vraiment ? » dit-il",
    "an ellipsis in a sentence": "And … well",
    "an address": "On gazette.example they",
}


@pytest.mark.parametrize("words", NO_ENDS.values(), ids=NO_ENDS.keys())
def test_what_ends_no_sentence(words: str) -> None:
    assert excerpt(f"{FIRST} {words} {LONG}") == f"{FIRST} …"


ENDS = {
    "a no of refusal": f"{FIRST[:-1]} and the other said no.",
    "a word in quotation marks": f"{FIRST[:-1]} “there”.",
    "a year": f"{FIRST[:-1]} of 1976.",
}


@pytest.mark.parametrize("sentence", ENDS.values(), ids=ENDS.keys())
def test_what_ends_a_sentence(sentence: str) -> None:
    assert excerpt(f"{sentence} And {LONG}") == f"{sentence} …"


@pytest.mark.parametrize(
    "text",
    [f"Rabat. {LONG}", LONG, "x" * 1_000, "x" * 150 + ". " + "y" * 300],
    ids=["a sentence too short", "no sentence", "one endless word", "two of them"],
)
def test_a_text_without_a_fitting_sentence_is_cut_behind_a_word(text: str) -> None:
    cut = excerpt(text)

    assert len(cut) <= LONGEST_EXCERPT
    assert cut.endswith("…")
    assert text.startswith(cut[:-1].rstrip())


def test_a_word_is_never_cut_in_two() -> None:
    for length in range(290, 310):
        words = excerpt("w" * (length - 290) + " ab cd efg" * 40)[:-1].split()

        assert set(words) <= {"ab", "cd", "efg", "w" * (length - 290)}


@pytest.mark.parametrize(
    "sign", [".", "؟ ", "a. ", "\u2067", "\u0301", "🇲", "…»", "▶ \n"]
)
def test_a_text_of_one_sign_takes_no_time(sign: str) -> None:
    with measured() as cost:
        cut = excerpt(sign * 400_000)

    assert len(cut) <= LONGEST_EXCERPT
    assert cost.seconds < 0.5
