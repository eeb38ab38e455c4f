"""The words that dates are made of, folded as `letters` folds them.

Tables alone, to be mended as new habits are seen. Months and days of the week are
recognised in English, French, Spanish, Arabic and the other languages of the feeds
of the beat; names of one month in two languages never name two months.
"""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST_ABBREVIATION = 3  # letters; "ma" begins four months and two days

_LATIN_MONTHS = {
    1: "january janvier enero janeiro gennaio januar januari januarius",
    2: "february fevrier febrero fevereiro febbraio februar februari",
    3: "march mars marzo marco marz maerz maart marcius mrz",
    4: "april avril abril aprile aprilis",
    5: "may mai mayo maio maggio mei majus",
    6: "june juin junio junho giugno juni junius",
    7: "july juillet julio julho luglio juli julius",
    8: "august aout agosto augustus augusztus",
    9: "september septembre septiembre setiembre setembro settembre szeptember",
    10: "october octobre octubre outubro ottobre oktober",
    11: "november novembre noviembre novembro",
    12: "december decembre diciembre dezembro dicembre dezember",
}
_GREEK_MONTHS = {
    1: "ιανουαριοσ ιανουαριου",
    2: "φεβρουαριοσ φεβρουαριου",
    3: "μαρτιοσ μαρτιου μαω",
    4: "απριλιοσ απριλιου",
    5: "μαιοσ μαιου",
    6: "ιουνιοσ ιουνιου ιον",
    7: "ιουλιοσ ιουλιου ιολ",
    8: "αυγουστοσ αυγουστου",
    9: "σεπτεμβριοσ σεπτεμβριου",
    10: "οκτωβριοσ οκτωβριου",
    11: "νοεμβριοσ νοεμβριου",
    12: "δεκεμβριοσ δεκεμβριου",
}
# Egypt and the Gulf, the Levant, Algeria and Tunisia, Morocco, Mauritania.
_ARABIC_MONTHS = {
    1: "يناير كانون_الثاني جانفي",
    2: "فبراير شباط فيفري",
    3: "مارس اذار",
    4: "ابريل نيسان افريل",
    5: "مايو ايار ماي",
    6: "يونيو يونيه حزيران جوان",
    7: "يوليو يوليه تموز جويليه يوليوز",
    8: "اغسطس اب اوت غشت اغشت",
    9: "سبتمبر ايلول شتنبر شتمبر",
    10: "اكتوبر تشرين_الاول",
    11: "نوفمبر تشرين_الثاني نونبر نوفنبر",
    12: "ديسمبر كانون_الاول دجنبر دجمبر",
}
_LATIN_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miercoles jueves viernes sabado domingo "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lunedi martedi mercoledi giovedi venerdi sabato domenica "
    "segunda terca quarta quinta sexta feira"
)
_OTHER_DAYS = (
    "الاثنين الثلاثا الاربعا الخميس الجمعه السبت الاحد "
    "اثنين ثلاثا اربعا خميس جمعه سبت احد "
    "κυρ δευ τρι τετ πεμ παρ σαβ"
)

BEFORE_NOON = frozenset({"am", "صباحا", "ص", "오전", "πμ"})
AFTER_NOON = frozenset({"pm", "مسا", "م", "ظهرا", "오후", "μμ"})

# As in Publié le, Mis en ligne le, posted on, نشر في, a las, 14:30 Uhr.
SAYS_NOTHING = frozenset(
    {
        *("le", "la", "les", "l", "du", "de", "des", "d", "a", "au", "en", "par"),
        *("publie", "publiee", "poste", "postee", "ecrit", "cree", "mis", "mise"),
        *("ligne", "date", "parution", "publication", "heure", "heures", "hrs", "uhr"),
        *("on", "at", "of", "the", "posted", "published", "created", "release", "hs"),
        *("el", "del", "las", "los", "publicado", "publicada", "fecha", "dia"),
        *("em", "um", "den", "der", "st", "nd", "rd", "th"),
        *("في", "يوم", "بتاريخ", "تاريخ", "الساعه", "علي", "عند", "نشر", "نشرت"),
        *("النشر", "نشره", "بتوقيت", "من", "شهر", "سنه", "عام", "ال", "و"),
    }
)


def month_named(word: str) -> int | None:
    """The number of the month whose name the word is or begins; None for no month."""
    return _MONTHS.get(word)


def is_day_of_week(word: str) -> bool:
    """Whether the word names a day of the week, in full or shortened."""
    return word in _DAYS


def joined(line: str) -> str:
    """The line with the months of two words as one: كانونالثاني."""
    for apart, together in _OF_TWO_WORDS.items():
        line = line.replace(apart, together)
    return line


def _abbreviations(name: str) -> Iterable[str]:
    return (name[:end] for end in range(_SHORTEST_ABBREVIATION, len(name)))


def _month_table() -> dict[str, int]:
    """Every name and every beginning that belongs to one month alone."""
    table: dict[str, int] = {}
    ambiguous = set()
    for months in (_LATIN_MONTHS, _GREEK_MONTHS):
        for number, names in months.items():
            for name in names.split():
                for short in _abbreviations(name):
                    if table.setdefault(short, number) != number:
                        ambiguous.add(short)
    table = {short: month for short, month in table.items() if short not in ambiguous}
    for months in (_LATIN_MONTHS, _GREEK_MONTHS, _ARABIC_MONTHS):
        for number, names in months.items():
            table |= dict.fromkeys(names.replace("_", "").split(), number)
    return table


def _day_table() -> frozenset[str]:
    latin = _LATIN_DAYS.split()
    short = {short for name in latin for short in (name[:2], *_abbreviations(name))}
    return frozenset({*latin, *short, *_OTHER_DAYS.split()})


_MONTHS = _month_table()
_DAYS = _day_table()
_OF_TWO_WORDS = {
    f"{first} {spelling}": first + second
    for first in ("كانون", "تشرين")
    for second in ("الاول", "الثاني")
    for spelling in (second, second.removeprefix("ال"))
}
