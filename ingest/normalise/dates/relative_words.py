"""The words of relative dates, folded as `letters` folds them. Tables alone."""

from __future__ import annotations

from enum import Enum


class Unit(Enum):
    """What is counted, from the finest to the coarsest."""

    SECOND = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3
    WEEK = 4
    MONTH = 5
    YEAR = 6


_UNIT_NAMES = {
    Unit.SECOND: "second seconds sec secs s seconde secondes segundo segundos "
    "ثانيه ثوان ثواني",
    Unit.MINUTE: "minute minutes min mins mn minuto minutos دقيقه دقايق",
    Unit.HOUR: "hour hours hr hrs h heure heures hora horas ساعه ساعات",
    Unit.DAY: "day days d jour jours j dia dias يوم ايام يوما",
    Unit.WEEK: "week weeks wk wks w semaine semaines sem semana semanas "
    "اسبوع اسابيع اسبوعا",
    Unit.MONTH: "month months mo mois mes meses شهر اشهر شهور شهرا",
    Unit.YEAR: "year years yr yrs y an ans annee annees ano anos "
    "سنه سنوات سنين عام اعوام عاما",
}
_PAIR_NAMES = {
    Unit.SECOND: "ثانيتين ثانيتان",
    Unit.MINUTE: "دقيقتين دقيقتان",
    Unit.HOUR: "ساعتين ساعتان",
    Unit.DAY: "يومين يومان",
    Unit.WEEK: "اسبوعين اسبوعان",
    Unit.MONTH: "شهرين شهران",
    Unit.YEAR: "سنتين سنتان عامين عامان",
}
_COUNT_NAMES = {
    1: "a an one un une una uno واحد واحده",
    2: "two deux dos اثنين",
    3: "three trois tres ثلاث ثلاثه",
    4: "four quatre cuatro اربع اربعه",
    5: "five cinq cinco خمس خمسه",
    6: "six seis ست سته",
    7: "seven sept siete سبع سبعه",
    8: "eight huit ocho ثمان ثماني ثمانيه",
    9: "nine neuf nueve تسع تسعه",
    10: "ten dix diez عشر عشره",
}

UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
"""What a word counts."""

ARABIC_PAIRS = {
    name: unit for unit, names in _PAIR_NAMES.items() for name in names.split()
}
"""What a dual names two of: ساعتين is two hours."""

COUNTS = {
    name: count for count, names in _COUNT_NAMES.items() for name in names.split()
}
"""How many a word is."""

BEGINS = (("il", "y", "a"), ("منذ",), ("قبل",), ("hace",), ("depuis",))
"""The words before what is counted back; one of these or of ENDS must be there."""

ENDS = (("ago",), ("مضت",), ("atras",))
"""The words behind what is counted back."""

SAYS_NOTHING = frozenset(
    {
        *("about", "almost", "over", "around", "and", "environ", "plus", "de", "et"),
        *("moins", "less", "than", "حوالي", "نحو", "اكثر", "من", "اقل", "و", "y"),
        *("unos", "unas", "casi", "d", "الي"),
    }
)
"""Words that leave a count as it is."""

LEADS = frozenset({"posted", "published", "publie", "publiee", "publicado", "نشر"})
"""Words that may stand before everything."""

JUST_NOW = frozenset(
    {
        *("just now", "now", "right now", "moments ago", "a moment ago", "seconds ago"),
        *("a few seconds ago", "a few moments ago", "a few minutes ago"),
        *("a l instant", "maintenant", "il y a un instant", "il y a quelques instants"),
        *("il y a quelques secondes", "il y a quelques minutes"),
        *("الان", "منذ لحظات", "قبل لحظات", "منذ قليل", "قبل قليل", "منذ لحظه"),
        *("منذ ثوان", "منذ ثواني", "قبل ثوان", "منذ دقايق", "قبل دقايق"),
        *("ahora", "ahora mismo", "hace un momento", "hace unos segundos"),
    }
)
"""Whole lines that mean the moment of writing, give or take some minutes."""

DAYS_AGO = {
    **dict.fromkeys(("today", "aujourd hui", "hoy", "اليوم"), 0),
    **dict.fromkeys(("yesterday", "hier", "ayer", "امس", "البارحه"), 1),
    **dict.fromkeys(("avant hier", "anteayer", "اول امس", "اول البارحه"), 2),
}
"""Days by their distance from today; a time of day may follow."""
