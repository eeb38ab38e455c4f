"""What a tag's hits point at, whatever stands around them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.tag_settings import TagSettings
from store.classify.tagging import build_tagger
from store.terms import ARABIC_CLITICS, BREAK, JOINT, fold

pytestmark = pytest.mark.property

NAMES = ("Algérie", "Western Sahara", "المغرب", "Tebboune")
FORMS = tuple(fold(name).text for name in NAMES)
TAGGER = build_tagger(
    {
        "all": TagSettings.model_validate(
            {"title": "All", "kind": "place", "names": {"en": list(NAMES)}}
        )
    },
    publisher_names=(),
)
# Emoji of several characters, combining marks, ligatures, zero-width characters,
# marks of direction, both directions, letters that fold to none or to several.
ODD = "aÉ́ﬁ½…ß 👩‍👩‍👧🇩🇿️\u200b\u200d\u200f\u202e\u2066ـًالمغربو.,'-\n漢"
SHOWN = st.sampled_from(
    (
        *("Algérie", "ALGE\u0301RIE", "Alg\u200bérie", "Western\u00a0 Sahara"),
        *("western-sahara", "المُغْرِب", "المـغرب", "Ｔｅｂｂｏｕｎｅ"),
    )
)


@given(st.lists(st.text(ODD, max_size=12) | SHOWN, max_size=12))
def test_what_a_hit_points_at_folds_to_a_name(parts: list[str]) -> None:
    text = "".join(parts)

    for match in TAGGER.tag("", text, "en"):
        for hit in match.hits:
            shown = fold(text[hit.start : hit.end]).text
            form = next(form for form in FORMS if shown.endswith(form))
            assert shown.removesuffix(form) in ARABIC_CLITICS


@given(st.text(ODD), SHOWN, st.text(ODD))
@example(before="👩‍👩‍👧", name="المُغْرِب", after="\u202e")
def test_a_name_between_spaces_is_found_where_it_stands(
    before: str, name: str, after: str
) -> None:
    text = f"{before} | {name} | {after}"
    start = len(before) + 3

    (match,) = TAGGER.tag("", text, "en")

    assert (start, start + len(name)) in {(hit.start, hit.end) for hit in match.hits}


@given(st.text(ODD), st.text(ODD), st.sampled_from(["en", "ar", "tlh", "", None]))
def test_any_text_in_any_language_is_tagged_within_its_bounds(
    title: str, text: str, language: str | None
) -> None:
    for match in TAGGER.tag(title, text, language):
        for hit in match.hits:
            whole = {"title": title, "text": text}[hit.place.value]
            assert 0 <= hit.start < hit.end <= len(whole)
            assert not {JOINT, BREAK} & set(fold(whole[hit.start]).text)
