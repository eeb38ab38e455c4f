import pytest

from store.terms import arabic_variants, fold, stem, terms, tokenise

FOLDED = {
    "case does not count": ("Sahara OCCIDENTAL", "sahara occidental"),
    "Latin accents do not count": ("Kaïs Saïed, Élysée", "kais saied. elysee"),
    "a decomposed accent is dropped, too": ("Traore\u0301", "traore"),
    "ligatures and long letters are spelt out": ("Œuvre straße", "oeuvre strasse"),
    "compatibility forms are made plain": ("ＭＡＬＩ ﬁn", "mali fin"),
    "tashkeel and tatweel are dropped": ("المُغـــرِب", "المغرب"),
    "every alef is one letter": ("أإآٱا", "ااااا"),
    "ya and ta marbuta have one form": ("مستشفى مالية", "مستشفي ماليه"),
    "letters of Persian keyboards are the Arabic ones": ("المغربی", "المغربي"),
    "hamza on its seat does not count": ("الجزائر", "الجزاير"),
    "Arabic digits are 0 to 9": ("عام ٢٠٢٦", "عام 2026"),
    "Arabic punctuation breaks": ("المغرب، الجزائر؟", "المغرب. الجزاير."),
    "hyphens part words": ("Mali-Algeria Mali–Algeria", "mali algeria mali algeria"),
    "a dash between clauses breaks": ("Rabat — Morocco", "rabat . morocco"),
    "apostrophes part words": ("l'Algérie d’Alger", "l algerie d alger"),
    "zero-width characters vanish": ("Ma\u200bli\u200f \ufeffMali", "mali mali"),
    "a soft hyphen vanishes": ("Alge\u00adria", "algeria"),
    "white space of any kind and length is one joint": ("a \u00a0\n\tb", "a b"),
    "emoji break": ("Mali🇲🇱Algeria", "mali..algeria"),
    "control characters break": ("Mali\x00Algeria", "mali.algeria"),
    "half a surrogate pair breaks": ("Mali\ud800Algeria", "mali.algeria"),
    "a character for a fraction is its numbers": ("½", "1.2"),
    "an ellipsis in one character breaks once": ("Mali…", "mali."),
    "Cyrillic is folded, too": ("МОСКВА Йод", "москва иод"),
    "vowel signs of other scripts stay": ("हिन्दी", "हिन्दी"),
    "an empty text stays empty": ("", ""),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.values(), ids=FOLDED)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_offsets_point_into_the_text_as_published() -> None:
    text = "«L’Algérie»  et\u200f le  Saïed: ½ المُغرب!"

    tokens = tokenise(text)

    assert [(token.term, text[token.start : token.end]) for token in tokens] == [
        ("l", "L"),
        ("algerie", "Algérie"),
        ("et", "et\u200f"),
        ("le", "le"),
        ("saied", "Saïed"),
        ("1", "½"),
        ("2", "½"),
        ("المغرب", "المُغرب"),
    ]


def test_a_combining_accent_belongs_to_its_word() -> None:
    text = "Traore\u0301 parle"

    first, second = tokenise(text)

    assert text[first.start : first.end] == "Traore\u0301"
    assert text[second.start : second.end] == "parle"


def test_possessives_leave_the_name_whole() -> None:
    assert terms("Algeria's N'Djamena") == ("algeria", "s", "n", "djamena")


def test_a_text_mostly_outside_the_code_page_folds_like_one_inside() -> None:
    assert terms("Москва? Mali") == ("москва", "mali")
    assert terms("Mali? " * 40 + "Москва")[-1] == "москва"


def test_characters_beyond_the_remembered_ones_are_folded_each_time() -> None:
    assert terms("漢字 ＡＢ " * 3) == ("漢字", "ab") * 3


VARIANTS = {
    "every clitic is taken off in turn": (
        "وبالمغرب",
        ("وبالمغرب", "بالمغرب", "المغرب", "مغرب"),
    ),
    "the article returns behind the preposition that swallowed it": (
        "للمغرب",
        ("للمغرب", "المغرب", "مغرب"),
    ),
    "no form is shorter than three letters": ("والي", ("والي", "الي")),
    "a word without clitics is its only form": ("تونس", ("تونس",)),
    "Latin words have one form": ("belgique", ("belgique",)),
    "nothing has no other form": ("", ("",)),
}


@pytest.mark.parametrize(("term", "forms"), VARIANTS.values(), ids=VARIANTS)
def test_forms_without_clitics(term: str, forms: tuple[str, ...]) -> None:
    assert arabic_variants(term) == forms


SAME_STEM = {
    "English plurals": ("en", "migrants", "migrant"),
    "French genders and numbers": ("fr", "algeriennes", "algerien"),
    "French participles": ("fr", "expulsees", "expulse"),
    "Spanish plurals": ("es", "migrantes", "migrante"),
    "Arabic article and endings": ("ar", "المغربيه", "مغرب"),
    "Arabic plurals": ("ar", "والمهاجرين", "مهاجرون"),
    "a language with its region": ("fr-MA", "expulsions", "expulsion"),
}


@pytest.mark.parametrize(
    ("language", "one", "other"), SAME_STEM.values(), ids=SAME_STEM
)
def test_inflections_share_a_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_short_arabic_words_keep_three_letters() -> None:
    assert stem("ولد", "ar") == "ولد"
    assert stem("بان", "ar") == "بان"


@pytest.mark.parametrize("language", [None, "", "de", "xx"])
def test_without_a_known_language_a_term_is_its_own_stem(language: str | None) -> None:
    assert stem("migrants", language) == "migrants"
