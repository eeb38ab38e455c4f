"""Sentences as newspapers write them, and exactly the tags that each must get.

The tables hold the text and its tags by what the sentence shows.
"""

import pytest

from tests.store.vocabulary import strengths

ENGLISH = {
    "a first name beside Chadian news": (
        "Chad Anderson met Chadian officials in N'Djamena", "chad:1",
    ),
    "the governor of Niger State": (
        "The Niger State governor spoke in Minna. Niger will rebuild, he said", "",
    ),
    "Niger and a neighbour": (
        "Niger and Burkina Faso closed their airspace", "niger burkina-faso",
    ),
    "Tripoli, Lebanon": (
        "Clashes in Tripoli, Lebanon's second city, worried Tunisia", "tunisia",
    ),
    "Tripoli, far from the word Lebanon": (
        "Tripoli was calm. The Lebanese army patrolled, said an envoy of Algeria",
        "algeria",
    ),
    "Tripoli beside Libya": ("Libya: fighting in Tripoli", "libya"),
    "Rabat of the Maltese": ("A Maltese court heard the Rabat case", ""),
    "Rabat alone": ("Rabat recalled its ambassador", "morocco diplomacy"),
    "the Étoile sportive du Sahel": (
        "Etoile Sportive du Sahel lost; the Sahel side travels to Egypt", "",
    ),
    "the RSF in Sudan": (
        "The RSF shelled El-Fasher in Darfur; press freedom groups mourn",
        "press-freedom:1",
    ),
    "AES encryption beside a state of the Sahel": (
        "Niger encrypts its mail: AES, with 256 bits", "niger",
    ),
    "a Volkswagen": (
        "The Tuareg name lives on in the Touareg, Volkswagen's SUV", "azawad:1",
    ),
    "an opera beside Russia": (
        "Moscow stages Wagner: the opera lasts five hours", "russia",
    ),
    "mercenaries": ("Wagner left, Bamako said", "wagner mali"),
    "us and US": ("The US told us", "united-states"),
    "US dollars": ("The market will grow by US$3.1 billion", ""),
    "eu and EU": ("The EU and its eu domain", "european-union"),
    "au and un": ("un homme au Caire, au nom de l'UN", ""),
    "the AU beside Mali": ("Mali is suspended from the AU", "mali african-union"),
    "AU alone": ("One AU is the distance to the sun", ""),
    "birds": ("The migration of storks over Gibraltar, and bird migration", ""),
    "birds far from people": (
        "The storks left in August. " + "It rained on the plain for days. " * 4
        + "Migration from Libya rose",
        "migration libya",
    ),
    "data": ("A data migration tool, database migration and cloud migration", ""),
    "football has a defence": ("He was stopped in defence; the defence held", ""),
    "expelled from a match": ("The midfielder was expelled after a red card", ""),
    "expelled from a party": ("She was expelled from the party", ""),
    "an ambassador": (
        "Burkina Faso expelled the French ambassador", "burkina-faso france diplomacy",
    ),
    "migrants expelled": (
        "Algeria expelled 500 migrants to Niger", "algeria niger migration expulsions",
    ),
    "a goodwill ambassador": ("The singer is a UNICEF goodwill ambassador", ""),
    "the summit of a mountain": ("Climbers reached the summit of Toubkal", ""),
    "a summit": ("A summit of the African Union", "diplomacy african-union"),
    "a marketing coup": ("A marketing coup for the club", ""),
    "a coup": ("Soldiers behind the coup in Niger", "coup-transition niger"),
    "a French phrase in English": ("It was the coup de grâce, a coup de théâtre", ""),
    "bees": ("A drone leaves the hive of the queen bee", ""),
    "a drone strike": ("A drone strike near Kidal", "drones mali"),
    "an amnesty": ("Parliament: Amnesty Bill, a general amnesty, Amnesty Law", ""),
    "the Obamas": ("Malia and Mali Obama", ""),
    "a tax haven of a name": ("Horatio Alger and Leon Washington", ""),
    "an inhuman asylum": ("A film about a lunatic asylum", ""),
    "a zebra crossing": ("Hit at a pedestrian crossing in Dakar", "senegal"),
    "the crossing of migrants": (
        "The crossing is deadly for migrants", "border migration",
    ),
    "payments": ("A bank for cross-border payments", ""),
    "the rally": ("He won the Dakar Rally; Dakar 2026 was his third", ""),
    "New Orleans": ("Algiers, a quarter of New Orleans", ""),
    "Guinea is four countries": ("Guinea-Bissau, Papua New Guinea, guinea pigs", ""),
    "people called Jordan": ("Jordan Henderson and Michael Jordan", ""),
    "an army's forces": ("Malian forces and Algeria's army", "mali algeria"),
    "the AU's own council": ("The Peace and Security Council of the African Union",
                              "african-union"),
    "Rommel's corps": ("Rommel led the Afrika Korps", ""),
}  # fmt: skip

FRENCH = {
    "nigérian and nigérien": ("Le naira nigérian, les Nigérians", ""),
    "nigérien": ("L'armée nigérienne et les Nigériens", "niger"),
    "eu, a participle": ("Il a eu de la chance ; on a eu peur", ""),
    "un, au, us": ("un accord au sommet, les us et coutumes", ""),
    "OIM": ("L'OIM a secouru des migrants", "iom migration"),
    "HCR": ("Le HCR s'inquiète", "unhcr"),
    "hotels": ("La convention HCR des hôtels, cafés et restaurants", ""),
    "coup de": ("Un coup de pied, un coup de coeur, un coup d'État", "coup-transition"),
    "where no language is known": ("coup de pied et coup de cœur", ""),
    "a compound of two peoples": (
        "La frontière algéro-marocaine", "algeria morocco border",
    ),
    "franco": ("Les relations franco-algériennes", "france algeria"),
    "the dictator": ("Le général Franco est mort en 1975", ""),
    "the town of Saint-Malo": ("Le port de Saint-Malo", ""),
    "inflections": ("Des Marocaines, un Malien, des Tchadiennes", "morocco mali chad"),
    "RSF of Sudan": ("Les RSF ont pris El-Fasher, au Soudan", ""),
    "RSF": ("RSF condamne l'arrestation", "press-freedom"),
    "l'opéra": ("Le festival de Bayreuth joue Wagner en Russie", "russia"),
    "le chiffrement": ("L'algorithme AES de chiffrement", ""),
    "l'AES": ("L'AES quitte la CEDEAO", "aes ecowas"),
    "les oiseaux": ("La migration des cigognes", ""),
    "un carton rouge": ("Le joueur expulsé après un carton rouge", ""),
    "un parti": ("Exclu, puis expulsion du parti", ""),
    "des migrants": (
        "Expulsion de migrants vers Assamaka", "expulsions migration niger",
    ),
    "la gare": ("Le trafic est perturbé sur la ligne du RER", ""),
    "la drogue": ("Un trafic de drogue", "trafficking"),
    "le meilleur passeur": ("Le meilleur passeur de la ligue", ""),
    "les passeurs": ("Des passeurs de migrants arrêtés", "trafficking migration"),
    "une ONG": ("Médecins sans frontières et Pharmaciens sans frontières", ""),
    "bonne volonté": ("Il est ambassadeur de bonne volonté", ""),
    "le Sahel tunisien": ("Le Sahel tunisien : les oliviers du Sahel", "tunisia"),
    "le Sahel": ("Les pays du Sahel", "sahel"),
    "une voiture": ("La Volkswagen Touareg ; le Touareg consomme peu", ""),
    "Real Madrid": ("Le Real Madrid recrute", ""),
    "un stationnement": ("Des manœuvres de stationnement", ""),
    "la transition écologique": ("La transition écologique et numérique", ""),
    "le roi": ("Le roi Mohammed VI, au royaume chérifien", "mohammed-vi morocco"),
    "une fondation": ("La Fondation Mohammed VI et le stade Mohammed VI", ""),
    "un journal": ("Selon Algérie360 et Tout sur l'Algérie", ""),
    "une agence": ("ALGER (APS) - La pluie tombe", ""),
    "lire aussi": (
        "La pluie tombe. Lire aussi : Le Maroc et le Mali\nIl pleut au Niger", "niger",
    ),
    "the sea and a tower": ("La tour Mohammed VI", ""),
}  # fmt: skip

ARABIC = {
    "sums of money": (
        "بمبلغ مالي ودعم مالي من المدير المالي لوزارة المالية إلى النيجر", "niger",
    ),
    "support for a neighbour": (
        "دعم مالي بقيمة مليون دولار إلى بوركينا فاسو", "burkina-faso",
    ),
    "a financial deficit": ("عجز مالي وفساد مالي وملف مالي وتعاون مالي", ""),
    "Mali and Niger": ("قمة مالي والنيجر", "mali niger"),
    "the north of Mali": ("معارك في شمالي مالي", "mali"),
    "the government of Mali": (
        "حكومة مالي تقطع العلاقات الدبلوماسية", "mali diplomacy",
    ),
    "the Maghreb": ("دول المغرب العربي والمغرب الكبير", ""),
    "an armed group of the Maghreb": ("تنظيم القاعدة في بلاد المغرب الإسلامي", ""),
    "the evening prayer": ("بعد صلاة المغرب وأذان المغرب وقبيل المغرب", ""),
    "Morocco": ("للمغرب وبالمغرب والمغربية", "morocco"),
    "Algeria with clitics": ("بالجزائر والجزائر للجزائريين الجزائري", "algeria"),
    "an accusative": ("كان مواطنا جزائريا ولاجئا", "algeria migration"),
    "eyes and springs": ("طب العيون وجراحة العيون في المغرب", "morocco"),
    "entering": ("السيارات الداخلة إلى المغرب", "morocco"),
    "limits": ("في حدود الساعة الثامنة وإلى أبعد الحدود", ""),
    "the border": ("الحدود الجزائرية الليبية", "border algeria libya"),
    "expressing": ("معبرا عن أسفه، وهو معبّر عن الرأي", ""),
    "a crossing": ("فتح معبر الكركرات", "border western-sahara"),
    "a parcel": ("طرد بريدي وطرد مشبوه في مطار الجزائر", "algeria"),
    "a red card": ("طرد لاعب المنتخب في مباراة الجزائر والنيجر", "algeria niger"),
    "migrants expelled": (
        "الجزائر: طرد مئات المهاجرين نحو النيجر", "algeria expulsions migration niger",
    ),
    "a bus": ("انقلاب حافلة على الطريق وانقلاب سيارة", ""),
    "a bus and its passengers": ("تعرضت الحافلة إلى الانقلاب قرب تونس", "tunisia"),
    "a lorry": ("انقلاب مفاجئ لشاحنة ثقيلة", ""),
    "a coup": ("انقلاب عسكري في النيجر", "coup-transition niger"),
    "goodwill": ("عين سفيرا للنوايا الحسنة وسفيرة للنوايا الحسنة", ""),
    "an ambassador": ("استدعاء سفير الجزائر", "diplomacy algeria"),
    "the top of the league": ("على قمة الترتيب وقمة الجولة", ""),
    "a summit": ("القمة العربية في نواكشوط", "diplomacy mauritania"),
    "Tripoli of Lebanon": ("طرابلس اللبنانية وتونس", "tunisia"),
    "Tripoli": ("اشتباكات في طرابلس الليبية", "libya"),
    "a ligament": ("إصابة في الرباط الصليبي", ""),
    "Nigeria": ("نيجيريا ودلتا نهر النيجر", ""),
    "an agency": ("حسب وكالة تونس إفريقيا للأنباء", ""),
    "birds": ("هجرة الطيور، والهجرة الموسمية للطيور", ""),
    "the prophet": ("ذكرى الهجرة النبوية", ""),
    "Rommel": ("قاد روميل الفيلق الإفريقي", ""),
    "Africa Corps": ("الفيلق الإفريقي الروسي في باماكو", "wagner russia mali"),
    "football's union": ("الاتحاد الإفريقي لكرة القدم", ""),
    "doctors": ("أطباء بلا حدود", ""),
    "a march": ("مسيرة حاشدة في تونس", "tunisia"),
    "read also": ("أمطار غزيرة. اقرأ أيضا: المغرب والجزائر", ""),
}  # fmt: skip
SENTENCES = {
    f"{language}: {sentence}": (language, *case)
    for language, table in {"en": ENGLISH, "fr": FRENCH, "ar": ARABIC}.items()
    for sentence, case in table.items()
}


@pytest.mark.parametrize(
    ("language", "text", "tags"), SENTENCES.values(), ids=SENTENCES
)
def test_a_sentence_has_exactly_its_tags(language: str, text: str, tags: str) -> None:
    expected = {one.partition(":")[0] for one in tags.split()}

    assert set(strengths("", text, language)) == expected
