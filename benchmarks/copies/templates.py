"""Reports that one template writes every day: alike in words, yet no copies."""

from __future__ import annotations

import random
from collections.abc import Mapping

_CITIES = {
    "en": ("Rabat", "Oran", "Sfax", "Bamako", "Niamey", "Tripoli", "Nouakchott"),
    "fr": ("Rabat", "Oran", "Sfax", "Bamako", "Niamey", "Tripoli", "Nouakchott"),
    "ar": ("الرباط", "وهران", "صفاقس", "باماكو", "نيامي", "طرابلس", "نواكشوط"),
}
_TEMPLATES = {
    "en": {
        "weather": (
            "The weather on {day}: sunshine in most regions with some cloud over the "
            "coast in the morning. Highs will reach {n} degrees in {city}, {n} in "
            "{city} and {n} in {city}, lows between {n} and {n}. The wind will blow "
            "at {n} to {n} kilometres an hour. The sea will be calm to moderate."
        ),
        "exchange rates": (
            "The dirham traded on {day} at {n}.{n} to the dollar and at {n}.{n} to "
            "the euro, the central bank said in its daily note. In the interbank "
            "market {n} million changed hands. The main index of the stock exchange "
            "closed at {n},{n} points, a change of {n}.{n} per cent since the year "
            "began, on a turnover of {n} million."
        ),
        "match report": (
            "{city} beat {city} {n}-{n} on {day} in the league before {n} thousand "
            "spectators. The first goal came in minute {n} after a corner, and the "
            "visitors answered in minute {n} from a free kick. A penalty in minute "
            "{n} decided the match. {city} now has {n} points and meets {city} next."
        ),
        "prices": (
            "Prices at the wholesale market of {city} on {day}: tomatoes {n} to {n} "
            "a kilo, onions {n} to {n}, potatoes {n} to {n}, lemons {n} to {n}, "
            "sardines {n} to {n}, mackerel {n} to {n}. Supplies of {n} tonnes came "
            "in before dawn according to the market's administration."
        ),
    },
    "fr": {
        "weather": (
            "La météo de ce {day}: temps ensoleillé sur la plupart des régions avec "
            "quelques nuages sur le littoral en matinée. Les maximales atteindront "
            "{n} degrés à {city}, {n} à {city} et {n} à {city}, les minimales entre "
            "{n} et {n}. Le vent soufflera de {n} à {n} kilomètres à l'heure."
        ),
        "exchange rates": (
            "Le dinar s'échangeait ce {day} à {n},{n} pour un dollar et à {n},{n} "
            "pour un euro, selon la note quotidienne de la banque centrale. Sur le "
            "marché interbancaire {n} millions ont été traités. L'indice principal "
            "de la bourse a clôturé à {n} {n} points, soit {n},{n} pour cent."
        ),
        "match report": (
            "{city} a battu {city} {n}-{n} ce {day} en championnat devant {n} mille "
            "spectateurs. Le premier but est venu à la {n}e minute après un corner, "
            "les visiteurs ont répondu à la {n}e sur coup franc. Un penalty à la {n}e "
            "minute a décidé du match. {city} compte {n} points et recevra {city}."
        ),
        "prices": (
            "Les prix au marché de gros de {city} ce {day}: tomates {n} à {n} le "
            "kilo, oignons {n} à {n}, pommes de terre {n} à {n}, citrons {n} à {n}, "
            "sardines {n} à {n}, maquereaux {n} à {n}. Selon l'administration du "
            "marché, {n} tonnes sont arrivées avant l'aube."
        ),
    },
    "ar": {
        "weather": (
            "حالة الطقس يوم {day}: جو مشمس في أغلب المناطق مع بعض السحب على السواحل "
            "في الصباح. وتتراوح درجات الحرارة العليا بين {n} درجة في {city} و{n} في "
            "{city} و{n} في {city}، والدنيا بين {n} و{n}. وتهب الريح بسرعة {n} إلى "
            "{n} كيلومترا في الساعة، ويكون البحر هادئا إلى معتدل."
        ),
        "exchange rates": (
            "بلغ سعر صرف الدينار يوم {day} {n}.{n} مقابل الدولار و{n}.{n} مقابل "
            "اليورو حسب النشرة اليومية للبنك المركزي. وجرى في السوق بين البنوك تداول "
            "{n} مليونا. وأغلق المؤشر الرئيسي للبورصة عند {n} {n} نقطة بتغير قدره "
            "{n}.{n} في المائة منذ بداية السنة."
        ),
        "match report": (
            "فاز فريق {city} على فريق {city} بنتيجة {n}-{n} يوم {day} في الدوري أمام "
            "{n} ألف متفرج. وجاء الهدف الأول في الدقيقة {n} بعد ركلة ركنية، ورد "
            "الزوار في الدقيقة {n} من ركلة حرة. وحسمت ركلة جزاء في الدقيقة {n} "
            "المباراة. ويملك {city} الآن {n} نقطة ويواجه {city}."
        ),
        "prices": (
            "أسعار سوق الجملة في {city} يوم {day}: الطماطم {n} إلى {n} للكيلو، البصل "
            "{n} إلى {n}، البطاطس {n} إلى {n}، الليمون {n} إلى {n}، السردين {n} إلى "
            "{n}، الإسقمري {n} إلى {n}. ووصل {n} طنا قبل الفجر حسب إدارة السوق."
        ),
    },
}
_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"),
}
_FOOTERS = {
    "en": (
        "You are reading a free article. Support our newsroom with a subscription, "
        "write to the editors or report a mistake at any time. All rights reserved; "
        "reproduction needs the written consent of the publisher."
    ),
    "fr": (
        "Vous lisez un article gratuit. Soutenez notre rédaction en vous abonnant, "
        "écrivez à la rédaction ou signalez une erreur à tout moment. Tous droits "
        "réservés; toute reproduction exige l'accord écrit de l'éditeur."
    ),
    "ar": (
        "أنتم تقرؤون مقالا مجانيا. ادعموا غرفة أخبارنا بالاشتراك، أو راسلوا هيئة "
        "التحرير، أو بلغوا عن خطأ في أي وقت. جميع الحقوق محفوظة ولا يجوز النشر إلا "
        "بموافقة خطية من الناشر."
    ),
}


def report(kind: str, language: str, chance: random.Random) -> str:
    """One day's report of the template, with numbers and names of its own."""
    parts = _TEMPLATES[language][kind].split("{n}")
    text = parts[0] + "".join(f"{chance.randint(1, 90)}{part}" for part in parts[1:])
    while "{city}" in text:
        text = text.replace("{city}", chance.choice(_CITIES[language]), 1)
    return text.replace("{day}", chance.choice(_DAYS[language]))


def with_footer(text: str, language: str) -> str:
    """The text with the lines that its publisher puts under every article."""
    return f"{text}\n{_FOOTERS[language]}"


KINDS: Mapping[str, tuple[str, ...]] = {
    language: tuple(templates) for language, templates in _TEMPLATES.items()
}
"""The templates of each language."""
