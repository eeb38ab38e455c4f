import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.terms import BREAK, JOINT, arabic_variants, fold, stem, terms, tokenise

pytestmark = pytest.mark.property

BEAT = st.text(alphabet="aéÉïœß'’-– .,\n\u200b\u0301المُغرـبةىأئ٣½…?ñЖ字")
TEXTS = st.text() | BEAT
LATIN_AND_ARABIC = st.text(alphabet="aéÉïœçñ '’-.المغرُبةىأئؤ٣")


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text).text

    assert fold(folded).text == folded


@given(TEXTS)
def test_terms_hold_no_separator_and_are_never_empty(text: str) -> None:
    for term in terms(text):
        assert term
        assert not {JOINT, BREAK} & set(term)


@given(TEXTS)
def test_tokens_stand_in_order_inside_the_text_and_name_its_terms(text: str) -> None:
    tokens = tokenise(text)

    assert tuple(token.term for token in tokens) == terms(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


@given(TEXTS)
def test_what_a_token_points_at_contains_its_term(text: str) -> None:
    for token in tokenise(text):
        assert token.term in terms(text[token.start : token.end])


@given(LATIN_AND_ARABIC)
def test_composed_and_decomposed_texts_have_the_same_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(
        unicodedata.normalize("NFC", text)
    )


@given(BEAT, st.text(alphabet="Жщю", min_size=40, max_size=80))
def test_other_alphabets_in_the_text_change_no_term_of_it(
    text: str, other: str
) -> None:
    assert terms(f"{text}\n.{other}")[:-1] == terms(text)


@given(TEXTS, st.sampled_from(["en", "fr", "es", "ar", "de", None]))
def test_stems_and_variants_are_never_empty(text: str, language: str | None) -> None:
    for term in terms(text):
        assert stem(term, language)
        assert arabic_variants(term)[0] == term


@given(TEXTS, st.sampled_from(["en", "fr", "es", "ar", "de", None]))
def test_no_stem_of_a_term_in_other_than_arabic_letters_changes_its_first(
    text: str, language: str | None
) -> None:
    for term in terms(text):
        if term < "ء":
            assert stem(term, language)[0] == term[0]
