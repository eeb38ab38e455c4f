"""What stands in an article's text and is not what the article says."""

import pytest

from config.tag_settings import BoilerplateSettings, TagSettings
from store.classify.boilerplate import blank_out, rest_of_line, sentence_around
from store.classify.tagging import build_tagger
from tests.store.vocabulary import strengths

TAGGER = build_tagger(
    {
        "mali": TagSettings.model_validate(
            {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}
        )
    },
    publisher_names=(),
    boilerplate=BoilerplateSettings(
        names=("Mali Actu",),
        agencies=("APS", "أ ف ب"),
        openings=("Read more on", "اقرأ أيضا"),
        sentences=("appeared first on",),
    ),
)

# what the text shows: (text, offsets of the hits)
TEXTS = {
    "a link to another article": ("Rain fell. Read more on Mali today", []),
    "what follows on the next line": ("Read more on Mali\nMali", [18]),
    "what follows in the next sentence": ("Read more on Mali. Mali", [19]),
    "what stands before it": ("Mali. Read more on Mali", [0]),
    "in Arabic": ("مطر. اقرأ أيضا: Mali\nMali", [21]),
    "a machine's sentence": ("Rain. The post Mali rain appeared first on Mali.", []),
    "the sentence before the machine's": (
        "Mali. The post Mali appeared first on X",
        [0],
    ),
    "two of them": ("Read more on Mali\nRead more on Mali\nMali", [36]),
    "one in another": ("Read more on The post Mali appeared first on Mali", []),
    "a publisher": ("Mali Actu says Mali", [15]),
    "an agency": ("MALI, 5 March (APS) - Mali", [22]),
    "an agency and its desk": ("MALI (APS/Reuters) Mali", [19]),
    "an agency in Arabic": ("Mali (أ ف ب) - Mali", [15]),
    "brackets that are no agency": ("Mali (again) and Mali", [0, 17]),
    "an agency further on": ("Rain\nMali (APS) - Mali", [5, 18]),
}


@pytest.mark.parametrize(("text", "offsets"), TEXTS.values(), ids=TEXTS)
def test_nothing_counts_in_boilerplate(text: str, offsets: list[int]) -> None:
    found = TAGGER.tag("", text, "en")

    assert [hit.start for match in found for hit in match.hits] == offsets


def test_without_agencies_a_dateline_counts() -> None:
    tags = {
        "mali": TagSettings.model_validate(
            {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}
        )
    }

    assert build_tagger(tags, publisher_names=()).tag("", "MALI (APS) - Rain", "en")


def test_blanking_moves_nothing() -> None:
    assert blank_out("abcdefgh", [(1, 3), (2, 4), (6, 7)]) == "a\n\n\nef\nh"


def test_a_line_without_an_end_is_bounded() -> None:
    text = "Read more on " + "word " * 200

    assert rest_of_line(text, 0) == (0, 200)
    assert sentence_around(text, 600) == (200, 800)


SHIPPED = {
    "an English tail": ("en", "Rain fell. Read more on Morocco World News about Mali"),
    "a machine's tail": (
        "en", "It rained. The post Mali and Niger appeared first on Morocco World.",
    ),
    "a French tail": ("fr", "Il pleut. À lire aussi : Le Maroc et le Mali"),
    "a French machine": (
        "fr", "Il pleut. L’article Le Mali est apparu en premier sur Algérie360.",
    ),
    "an Arabic tail": ("ar", "أمطار. إقرأ أيضا: المغرب والجزائر"),
    "an agency": ("fr", "NOUAKCHOTT, 3 mars 2026 (AMI) - Il pleut"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SHIPPED.values(), ids=SHIPPED)
def test_the_shipped_words_are_known(language: str, text: str) -> None:
    assert strengths("", text, language) == {}
