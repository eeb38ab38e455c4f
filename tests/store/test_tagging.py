import pytest

from config.tag_settings import TagSettings
from store.article import Place, Strength, TagHit
from store.classify.tagging import Tagger, build_tagger
from tests.cost import measured
from tests.store.vocabulary import shipped_settings, shipped_tagger, strengths

# sentence: (language, text in which the tag must not be found, tag)
TRAPS = {
    "مالي is financial far more often than Mali": (
        "ar", "فساد مالي في تونس ومبلغ مالي قدره ألف دينار", "mali",
    ),
    "financial cooperation with Algeria is not Mali": (
        "ar", "الجزائر وتونس: تعاون مالي ودعم مالي للنظام المالي", "mali",
    ),
    "مالية is finance": ("ar", "وزارة المالية في النيجر وغرامة مالية", "mali"),
    "Malia is a first name": ("en", "Malia and Mali Obama visited Niger", "mali"),
    "Mali Lošinj is a Croatian town": ("en", "A holiday in Mali Lošinj", "mali"),
    "Chad is a first name": ("en", "Chad Smith drummed and Chad le Clos swam", "chad"),
    "a first name beside Mali is one still": (
        "en", "Chad Smith gave a concert for Mali", "chad",
    ),
    "chad in small letters is no country": ("en", "a hanging chad, Mali said", "chad"),
    "Chad without a neighbour may be anybody": ("en", "Chad won the prize", "chad"),
    "the Sahara Desert is no territory": (
        "en", "Left in the Sahara Desert, dust of the Sahara", "western-sahara",
    ),
    "Alarme Phone Sahara is an aid group": (
        "fr", "Alarme Phone Sahara alerte sur le désert du Sahara", "western-sahara",
    ),
    "publishers, banks and firms of the Sahara are none": (
        "en", "Sahara Reporters, Sahara India and Sahara Bank", "western-sahara",
    ),
    "Dakhla is an Egyptian oasis, too": (
        "en", "The Dakhla Oasis, which Morocco's team visited", "western-sahara",
    ),
    "Dakhla needs a neighbour": ("en", "A week in Dakhla", "western-sahara"),
    "العيون are eyes": ("ar", "طب العيون في المغرب وقرة العيون", "western-sahara"),
    "Hajeb El Ayoun is a Tunisian town": (
        "ar", "حاجب العيون من ولاية القيروان في تونس", "western-sahara",
    ),
    "El Ayoun near Kasserine is a Tunisian town": (
        "ar", "حادث بمنطقة العيون بولاية القصرين التونسية", "western-sahara",
    ),
    "الداخلة is entering": ("ar", "السيارات الداخلة إلى تونس", "western-sahara"),
    "صحراوي is of any desert": ("ar", "التنوع البيولوجي الصحراوي", "western-sahara"),
    "صحراوي is a family name": ("ar", "اللاعب مروان الصحراوي", "western-sahara"),
    "the Niger Delta is in Nigeria": ("en", "Oil spills in the Niger Delta", "niger"),
    "Niger State is in Nigeria": ("en", "Floods in Niger State", "niger"),
    "the river Niger is no state": ("en", "The River Niger and Niger River", "niger"),
    "le fleuve Niger is a river": ("fr", "Le delta du fleuve Niger", "niger"),
    "Nigeria is another country": ("en", "Nigerians vote in Nigeria", "niger"),
    "nigérian is of Nigeria": ("fr", "Le président nigérian à Abuja", "niger"),
    "دلتا النيجر is in Nigeria": ("ar", "النفط في دلتا النيجر", "niger"),
    "نيجيريا is another country": ("ar", "نيجيريا ونيجيري", "niger"),
    "المغرب العربي is the Maghreb": ("ar", "دول المغرب العربي", "morocco"),
    "بالمغرب العربي is the Maghreb, too": ("ar", "التعاون بالمغرب العربي", "morocco"),
    "صلاة المغرب is the evening prayer": ("ar", "بعد صلاة المغرب", "morocco"),
    "أذان المغرب calls to it": ("ar", "قبيل أذان المغرب", "morocco"),
    "مغاربي is of the Maghreb": ("ar", "لاعب مغاربي", "morocco"),
    "Rabat is a Maltese town": ("en", "A farm near Rabat, Malta", "morocco"),
    "الرباط is a ligament": ("ar", "قطع في الرباط الصليبي", "morocco"),
    "Morocco World News is a publisher": (
        "en", "Morocco World News reported it first", "morocco",
    ),
    "Algérie360 is a publisher": ("fr", "Lire aussi sur Algérie360", "algeria"),
    "TSA Algérie is a publisher": ("fr", "D'après TSA Algérie", "algeria"),
    "Algiers is in New Orleans": ("en", "A bar in Algiers, New Orleans", "algeria"),
    "Tripoli is a Lebanese city": (
        "en", "Protests in Tripoli, Lebanon; Tunisia watches", "libya",
    ),
    "Tripoli au Liban": ("fr", "À Tripoli au Liban, selon Tunis", "libya"),
    "طرابلس اللبنانية": ("ar", "في طرابلس اللبنانية وتونس", "libya"),
    "Tripoli needs a neighbour": ("en", "A night in Tripoli", "libya"),
    "Carthage was a city of old": ("en", "Hannibal of Carthage", "tunisia"),
    "the Tunisian Sahel is a coast": ("en", "Olives of the Tunisian Sahel", "sahel"),
    "le Sahel tunisien": ("fr", "Les plages du Sahel tunisien", "sahel"),
    "الساحل is any coast": ("ar", "إضراب في الساحل التونسي", "sahel"),
    "منطقة الساحل alone may be Tunisian": ("ar", "إضراب في منطقة الساحل", "sahel"),
    "us is a pronoun": ("en", "They told us, all of us", "united-states"),
    "US is a French sports club": ("fr", "US Monastir, le club", "united-states"),
    "George Washington was a man": ("en", "George Washington", "united-states"),
    "Sadr is an Iraqi": ("en", "Sadr spoke in Baghdad, as sadr does", "sadr"),
    "OIM is no English acronym": ("en", "the OIM of Spain", "iom"),
    "UNHCR is not UNHRC": ("en", "UNHCR tents", "un-hrc"),
    "UNHRC is not UNHCR": ("en", "UNHRC session", "unhcr"),
    "a national council is not the UN's": (
        "en", "The National Human Rights Council of Morocco", "un-hrc",
    ),
    "a National Security Council is not the UN's": (
        "en", "The National Security Council met", "un-security-council",
    ),
    "au is a French word": ("fr", "au Caire, au Mali", "african-union"),
    "the football confederation is no union of states": (
        "ar", "الاتحاد الإفريقي لكرة القدم", "african-union",
    ),
    "ue is no English acronym": ("en", "UE and ue", "european-union"),
    "une is no acronym": ("fr", "une rue, ue", "european-union"),
    "AES encryption": ("en", "Mali uses AES encryption and AES-256", "aes"),
    "chiffrement AES": ("fr", "le chiffrement AES", "aes"),
    "AES in English needs a neighbour": ("en", "AES reported earnings", "aes"),
    "FLA needs a neighbour": ("en", "FLA airlines", "azawad"),
    "fla in small letters is none": ("en", "fla, Mali and Niger", "azawad"),
    "the Touareg is a car": ("en", "A VW Touareg in the ditch", "azawad"),
    "Wagner composed": ("en", "An opera by Wagner in Bayreuth", "wagner"),
    "Richard Wagner beside Russia": ("en", "Richard Wagner in Russia", "wagner"),
    "the Afrika Korps fought in 1941": ("en", "Rommel's Afrika Korps", "wagner"),
    "UMA needs a neighbour": ("fr", "UMA Thurman, UMA", "arab-maghreb-union"),
    "a university named after the king": (
        "en", "Mohammed VI Polytechnic University", "mohammed-vi",
    ),
    "a tower named after the king": ("fr", "La tour Mohammed VI", "mohammed-vi"),
    "his grandfather": ("en", "King Mohammed V returned in 1955", "mohammed-vi"),
    "said is a verb": ("en", "he said in Tunisia, Said said", "saied"),
    "Traoré is a footballer": ("fr", "Bertrand Traoré et Adama Traoré", "traore"),
    "birds migrate": ("en", "bird migration over Gibraltar", "migration"),
    "data migrate": ("en", "data migration to the cloud", "migration"),
    "les données migrent": ("fr", "la migration de données", "migration"),
    "a pirogue in French is a boat": ("fr", "la pirogue du pêcheur", "migration"),
    "an expelled ambassador is no migrant": (
        "en", "Niger expelled the ambassador", "expulsions",
    ),
    "l'ambassadeur expulsé": ("fr", "l'ambassadeur expulsé hier", "expulsions"),
    "طرد is a parcel": ("ar", "طرد بريدي وطرد مشبوه", "expulsions"),
    "football has a defence": ("en", "the defence conceded two goals", "defence"),
    "مسيرة is a march": ("ar", "مسيرة احتجاجية ومسيرات", "drones"),
    "Doctors Without Borders": ("en", "Doctors Without Borders", "border"),
    "حدود is any limit": ("ar", "في حدود الساعة", "border"),
    "RSF is a militia in Sudan": (
        "en", "The Rapid Support Forces (RSF) and RSF in Sudan", "press-freedom",
    ),
    "an amnesty is a pardon": ("en", "an amnesty for all", "human-rights"),
    "انقلاب is a road accident": (
        "ar", "انقلاب حافلة وانقلاب سيارة", "coup-transition",
    ),
    "coup is a French word": ("fr", "un coup de fil, coup franc", "coup-transition"),
    "transition écologique": (
        "fr", "la transition écologique au Mali", "coup-transition",
    ),
    "trafic routier": ("fr", "le trafic routier et le trafic aérien", "trafficking"),
    "passeur décisif": ("fr", "passeur décisif du match", "trafficking"),
    "rupture de stock": ("fr", "rupture de stock au Maroc", "diplomacy"),
    "Spanish flu": ("en", "the Spanish flu and Real Madrid", "spain"),
    "France 24 is a publisher": ("en", "told France 24 Africa", "france"),
    "a name inside a word is none": ("en", "normali somalia tunisair", "mali"),
    "themes count in their own language only": (
        "de", "migrants, ceasefire", "migration",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "tag"), TRAPS.values(), ids=TRAPS)
def test_a_trap_gives_no_tag(language: str, text: str, tag: str) -> None:
    assert tag not in strengths("", text, language)
    assert tag not in strengths(text, "", language)


# sentence: (language, text in which the tag must be found, tag)
NAMES = {
    "a French article before a name": ("fr", "l’Algérie accuse", "algeria"),
    "d'Alger": ("fr", "les autorités d'Alger", "algeria"),
    "a possessive": ("en", "Algeria's army", "algeria"),
    "a hyphen": ("en", "the Mali-Algeria border", "mali"),
    "a dash": ("en", "Mali–Algeria ties", "algeria"),
    "two demonyms": ("en", "Moroccan-Rwandan relations", "rwanda"),
    "a double space within a name": ("en", "Western  Sahara", "western-sahara"),
    "a line break within a name": ("en", "Burkina\nFaso", "burkina-faso"),
    "accents left out": ("fr", "Senegal et senegalais", "senegal"),
    "accents in English": ("en", "Kaïs Saïed", "saied"),
    "the king": ("en", "King Mohammed VI's visit", "mohammed-vi"),
    "clitics": ("ar", "والمغرب", "morocco"),
    "two clitics": ("ar", "وبالجزائر", "algeria"),
    "the preposition that swallows the article": ("ar", "للجزائر", "algeria"),
    "the article before an adjective": ("ar", "الحكومة المغربية", "morocco"),
    "vowelled Arabic": ("ar", "المَغْرِبُ", "morocco"),
    "another alef": ("ar", "الاتحاد الأفريقي", "african-union"),
    "a definite phrase": ("ar", "التعاون العسكري", "defence"),
    "a definite phrase behind ل": ("ar", "للتعاون العسكري", "defence"),
    "drones with shadda": ("ar", "طائرة مسيّرة", "drones"),
    "Bamako": ("ar", "في باماكو", "mali"),
    "في مالي beside the Sahel": ("ar", "دول الساحل: هجوم في مالي", "mali"),
    "مالي beside Niger": ("ar", "قمة مالي والنيجر", "mali"),
    "مالي beside Bamako": ("ar", "باماكو: جيش مالي", "mali"),
    "the Sahara in Arabic": ("ar", "بالصحراء الغربية", "western-sahara"),
    "Sahrawis beside the Polisario": (
        "ar", "البوليساريو: ناشط صحراوي", "western-sahara",
    ),
    "Laayoune beside the Polisario": ("ar", "البوليساريو في العيون", "western-sahara"),
    "Dakhla beside Morocco": ("en", "Morocco opens Dakhla port", "western-sahara"),
    "Chad beside Niger": ("en", "Niger and Chad talk", "chad"),
    "Chad beside its own demonym": ("en", "Chadian troops left Chad", "chad"),
    "Tripoli beside Tunisia": ("en", "Tunisia's envoy in Tripoli", "libya"),
    "nigérien": ("fr", "le président nigérien", "niger"),
    "the White House": ("en", "the White House", "united-states"),
    "U.S.": ("en", "a U.S. envoy", "united-states"),
    "US": ("en", "the US envoy", "united-states"),
    "EU in English": ("en", "an EU envoy", "european-union"),
    "UE in French": ("fr", "l'UE annonce", "european-union"),
    "SADR": ("en", "the «SADR»", "sadr"),
    "RASD": ("fr", "la RASD", "sadr"),
    "OIM": ("fr", "l'OIM", "iom"),
    "HCR": ("fr", "le HCR", "unhcr"),
    "AES in French": ("fr", "l'AES", "aes"),
    "AES beside Mali": ("en", "Mali and the AES", "aes"),
    "FLA beside Mali": ("fr", "Mali : le FLA", "azawad"),
    "Wagner beside Mali": ("en", "Wagner in Mali", "wagner"),
    "the Wagner Group": ("en", "the Wagner Group", "wagner"),
    "Africa Corps": ("fr", "l'Africa Corps", "wagner"),
    "UMA beside Tunisia": ("fr", "Tunisie : l'UMA", "arab-maghreb-union"),
    "the Arab Maghreb Union": ("ar", "اتحاد المغرب العربي", "arab-maghreb-union"),
    "de Mistura": ("fr", "Staffan de Mistura", "de-mistura"),
    "migrants": ("fr", "des migrants", "migration"),
    "migrants in Arabic": ("ar", "المهاجرين", "migration"),
    "طرد beside migrants": ("ar", "طرد مئات المهاجرين", "expulsions"),
    "expulsions in Arabic": ("ar", "وترحيل", "expulsions"),
    "manœuvres": ("fr", "des manœuvres conjointes", "defence"),
    "US spelling": ("en", "the defense minister", "defence"),
    "RSF in French": ("fr", "RSF dénonce", "press-freedom"),
    "RSF beside press freedom": ("en", "press freedom: RSF says", "press-freedom"),
    "HRW": ("en", "HRW says", "human-rights"),
    "Spanish names": ("es", "el Frente Polisario", "polisario"),
    "a name of a place in another language": ("ar", "PARLACEN", "parlacen"),
    "a theme where no language is known": (None, "cessez-le-feu", "peace-process"),
    "a language with its region": ("fr-MA", "cessez-le-feu", "peace-process"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "tag"), NAMES.values(), ids=NAMES)
def test_a_name_gives_its_tag(language: str | None, text: str, tag: str) -> None:
    assert strengths("", text, language)[tag] == "mentions"
    assert strengths(text, "", language)[tag] == "about"


def test_every_firm_name_of_the_vocabulary_gives_its_tag() -> None:
    # The phrase has other words around it, as texts have.
    missed = [
        (slug, language, name.name)
        for slug, tag in shipped_settings().tags.items()
        for language, names in tag.names.items()
        for name in names
        if not name.near and slug not in strengths("", f"xx {name.name} xx", language)
    ]

    assert missed == []


def tagger(**tags: dict[str, object]) -> Tagger:
    settings = {
        slug: TagSettings.model_validate({"title": slug, "kind": "place", **tag})
        for slug, tag in tags.items()
    }
    return build_tagger(settings, publisher_names=["Daily Mali", "Chad"])


STRENGTHS = {
    "once in the text mentions": ("", "Mali", "mentions"),
    "twice in the text mentions": ("", "Mali, Mali", "mentions"),
    "three times in the text is about": ("", "Mali, Mali, Mali", "about"),
    "once in the title is about": ("Mali", "", "about"),
}


@pytest.mark.parametrize(
    ("title", "text", "strength"), STRENGTHS.values(), ids=STRENGTHS
)
def test_strength(title: str, text: str, strength: str) -> None:
    (match,) = tagger(mali={"names": {"en": ["Mali"]}}).tag(title, text, "en")

    assert match.strength is Strength(strength)


def test_hits_are_offsets_title_first_in_the_order_of_the_text() -> None:
    text = "Le Sénégal\u200b et l’Algérie, وبالجزائر"
    vocabulary = tagger(algeria={"names": {"fr": ["Algérie"], "ar": ["الجزائر"]}})

    (match,) = vocabulary.tag("Algérie : crise", text, "fr")

    assert match.hits == (
        TagHit(place=Place.TITLE, start=0, end=7),
        TagHit(place=Place.TEXT, start=17, end=24),
        TagHit(place=Place.TEXT, start=26, end=35),
    )
    assert [text[hit.start : hit.end] for hit in match.hits[1:]] == [
        "Algérie",
        "وبالجزائر",
    ]


def test_tags_come_in_the_order_of_their_slugs() -> None:
    matches = shipped_tagger().tag("Mali, Algeria, Libya, Chad", "", "en")

    assert [match.tag for match in matches] == ["algeria", "chad", "libya", "mali"]


LONGEST = {
    "the longer name of another tag wins": ("Moroccan Sahara", {"sahara": 1}),
    "a name beside it counts": (
        "Moroccan Sahara, Moroccan", {"sahara": 1, "morocco": 1},
    ),
    "of overlapping names the longer wins": (
        "the Moroccan Sahara Issue Group", {"morocco": 1, "group": 1},
    ),
    "a name inside an overlapping one that lost is free again": (
        "Front Sahara Issue Group", {"group": 1},
    ),
    "names that touch in one joint both count": (
        "Moroccan Moroccan Sahara", {"morocco": 1, "sahara": 1},
    ),
    "tags that share a name both have it": ("Union", {"one": 1, "two": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "hits"), LONGEST.values(), ids=LONGEST)
def test_the_longest_name_wins(text: str, hits: dict[str, int]) -> None:
    vocabulary = tagger(
        morocco={"names": {"en": ["Moroccan"]}},
        sahara={"names": {"en": ["Moroccan Sahara", "Front Sahara"]}},
        group={"names": {"en": ["Sahara Issue Group"]}},
        one={"names": {"en": ["Union"]}},
        two={"names": {"fr": ["union"]}},
    )

    found = vocabulary.tag("", text, None)

    assert {match.tag: len(match.hits) for match in found} == hits


VETOES = {
    "a phrase covers its tag's name and no other's": ("Niger Delta", {"delta": 1}),
    "the name beside the phrase counts": ("Niger State in Niger", {"niger": 1}),
    "a name longer than the phrase counts": ("Upper Niger Delta Front", {"niger": 1}),
    "a publisher's name covers every tag": ("as Daily Mali said", {}),
    "a publisher named like a tag covers nothing": ("Chad", {"chad": 1}),
    "a phrase over the end of a sentence is none": ("Niger. State", {"niger": 1}),
    "a phrase over a slash is none": ("Niger/State", {"niger": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "hits"), VETOES.values(), ids=VETOES)
def test_vetoes(text: str, hits: dict[str, int]) -> None:
    vocabulary = tagger(
        niger={
            "names": {"en": ["Niger", "Upper Niger Delta Front"]},
            "not": ["Niger Delta", "Niger State"],
        },
        delta={"names": {"en": ["Delta"]}},
        mali={"names": {"en": ["Mali"]}},
        chad={"names": {"en": ["Chad"]}},
    )

    found = vocabulary.tag("", text, "en")

    assert {match.tag: len(match.hits) for match in found} == hits


NEAR = {
    "a name that needs a neighbour does not count alone": ("Gao", set()),
    "it counts beside another tag of its region": ("Gao, Niger", {"mali", "niger"}),
    "it counts beside a firm name of its own": ("Gao in Mali", {"mali"}),
    "it does not count beside a tag of no region": ("Gao, Delta", {"delta"}),
    "two such names do not vouch for each other": ("Gao, Dosso", set()),
    "a listed tag vouches": ("FLA, Delta", {"delta", "fla"}),
    "a tag that is not listed does not": ("FLA, Niger", {"niger"}),
    "without a region only the tag's own names vouch": ("Lone, Niger", {"niger"}),
    "so its own name does": ("Lone Star, Lone", {"lone"}),
}


@pytest.mark.parametrize(("text", "tags"), NEAR.values(), ids=NEAR)
def test_names_that_need_a_neighbour(text: str, tags: set[str]) -> None:
    vocabulary = tagger(
        mali={
            "region": "sahel",
            "names": {"en": ["Mali", {"name": "Gao", "near": "region"}]},
        },
        niger={
            "region": "sahel",
            "names": {"en": ["Niger", {"name": "Dosso", "near": "region"}]},
        },
        delta={"names": {"en": ["Delta"]}},
        fla={"names": {"en": [{"name": "FLA", "near": ["delta"]}]}},
        lone={"names": {"en": ["Lone Star", {"name": "Lone", "near": "region"}]}},
    )

    assert {match.tag for match in vocabulary.tag("", text, "en")} == tags
    # The neighbour may stand in the title.
    title, _, rest = text.partition(", ")
    assert {match.tag for match in vocabulary.tag(title, rest, "en")} == tags


EXACT = {
    "as written": ("the AES", "en", True),
    "in another case": ("the Aes", "en", False),
    "in another language": ("die AES", "de", False),
    "where no language is known": ("AES", None, True),
    "with a zero-width character": ("A\u200bES", "en", True),
    "with accents": ("the ÀES", "en", False),
    "two words over a no-break space": ("Africa\u00a0Force", "en", True),
    "two words in another case": ("Africa force", "en", False),
}


@pytest.mark.parametrize(("text", "language", "counts"), EXACT.values(), ids=EXACT)
def test_exact_names(text: str, language: str | None, counts: bool) -> None:
    names = [{"name": "AES", "exact": True}, {"name": "Africa Force", "exact": True}]
    vocabulary = tagger(aes={"names": {"en": names}})

    assert bool(vocabulary.tag("", text, language)) is counts


def test_exact_arabic_names_take_no_clitics() -> None:
    vocabulary = tagger(mali={"names": {"ar": [{"name": "مالي", "exact": True}]}})

    assert vocabulary.tag("", "مالي", "ar")
    assert not vocabulary.tag("", "المالي", "ar")


CLITICS = {
    "none": ("مغربي", True),
    "conjunction and article": ("والمغربي", True),
    "a word that only ends in the name": ("سيمغربي", False),
    "a long word that only ends in the name": ("قسطنطينيمغربي", False),
    "at the beginning of a sentence": ("نعم.والمغربي", True),
}


@pytest.mark.parametrize(("text", "counts"), CLITICS.values(), ids=CLITICS)
def test_clitics_before_names(text: str, counts: bool) -> None:
    vocabulary = tagger(morocco={"names": {"ar": ["مغربي", "بن"]}})

    assert bool(vocabulary.tag("", text, "ar")) is counts


def test_names_of_two_letters_take_no_clitics() -> None:
    vocabulary = tagger(morocco={"names": {"ar": ["بن"]}})

    assert vocabulary.tag("", "بن", "ar")
    assert not vocabulary.tag("", "وبن", "ar")


def test_a_name_without_letters_is_never_found() -> None:
    # Settings refuse it; so no name of theirs is tried.
    assert build_tagger({}, publisher_names=["--", "!?"]).tag("--", "!? --", "en") == ()


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert build_tagger({}, publisher_names=()).tag("Mali", "Mali", None) == ()


def test_a_text_of_many_vetoes_is_tagged_in_bounded_time() -> None:
    # Quadratic work would take hours here.
    text = "Niger Delta, Niger, Upper " * 20_000

    (match,) = tagger(niger={"names": {"en": ["Niger"]}, "not": ["Niger Delta"]}).tag(
        "", text, "en"
    )

    assert len(match.hits) == 20_000


BIG = 1_000_000
LONG_TEXTS = {
    "one name over and over": "Niger " * (BIG // 6),
    "contexts beside every name": "Niger Niger State " * (BIG // 18),
    "common words and their contexts": "coup transfer " * (BIG // 14),
    "openings on one line": "Read more on Niger " * (BIG // 19),
    "machines' sentences without an end": "Niger appeared first on " * (BIG // 24),
    "marks and zero-width characters": "N\u200b\u0301i\u202eger 👩‍👩‍👧 المُغْرِب "
    * (BIG // 26),
    "one word without an end": "و" * BIG,
}  # fmt: skip


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_megabyte_is_tagged_in_bounded_time(text: str) -> None:
    with measured() as cost:
        strengths("", text, "en")

    assert cost.seconds < 6  # quadratic work would take hours


UNLESS = {
    "a proper name beside its context": ("Touareg, a Volkswagen", False),
    "a proper name far from its context": (f"Touareg {'x ' * 200} Volkswagen", False),
    "a common word beside its context": ("the coup of a transfer", False),
    "a common word far from its context": (f"the coup {'x ' * 200} transfer", True),
    "a name without its context": ("Touareg", True),
}


@pytest.mark.parametrize(("text", "counts"), UNLESS.values(), ids=UNLESS)
def test_contexts_that_show_another_meaning(text: str, counts: bool) -> None:
    vocabulary = tagger(
        azawad={"names": {"en": [{"name": "Touareg", "unless": ["Volkswagen"]}]}},
        coup={
            "kind": "theme",
            "names": {"en": [{"name": "coup", "unless": ["transfer"]}]},
        },
    )

    assert bool(vocabulary.tag("", text, "en")) is counts


def test_a_context_in_the_title_shows_the_meaning_in_the_text() -> None:
    names = {"en": [{"name": "Touareg", "unless": ["Volkswagen"]}]}

    assert not tagger(azawad={"names": names}).tag("Volkswagen", "A Touareg", "en")


def test_money_is_no_exact_name() -> None:
    vocabulary = tagger(us={"names": {"en": [{"name": "US", "exact": True}]}})

    assert not vocabulary.tag("", "US$5 and US$ 6", "en")
    assert vocabulary.tag("", "US, $5", "en")
