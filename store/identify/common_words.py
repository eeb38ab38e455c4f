"""The words that every text has, whatever it tells: they say nothing of its story.

As `terms` writes them, by language. Numbers are never common, and a language without
a list has no common words.
"""

from __future__ import annotations

from store.terms import terms

_WORDS = {
    "en": """
        a about after again against all also am an and any are as at be been before
        being between both but by can could did do does down during each few for from
        get gets got had has have having he her here hers him his how i if in into is
        it its just ll may me more most my no nor not now of off on once one only or
        other our out over own re s said say says she should so some such t than that
        the their them then there these they this those through to too under until up
        us ve very was we were what when where which while who whom why will with
        would you your
    """,
    "fr": """
        a à afin ai ainsi alors après as au aucun aussi autre aux avant avec avoir c ce
        cela ces cet cette ceux chez ci comme comment contre d dans de depuis des deux
        dont du elle elles en encore entre est et été être eu eux fait faire font il ils
        j je l la le les leur leurs lors lui m ma mais me même mes moins mon n ne ni nos
        notre nous on ont ou où par pas pendant plus pour pourquoi près qu quand que
        quel quelle qui quoi s sa sans se selon sera ses si sont sous son sur t ta te
        tes toi ton tous tout toute toutes très tu un une vers vos votre vous y
    """,
    "es": """
        a al algo ante antes aquí así aún cada como cómo con contra cuál cuando de del
        desde donde dos durante e el él ella ellas ellos en entre era es esa ese eso
        esta está este esto están fue fueron ha han hasta hay la las le les lo los más
        me mi mientras muy no nos o otra otro para pero por porque que qué quien se
        según ser será si sí sin sino sobre son su sus también tan tras tu un una uno
        y ya yo
    """,
    "ar": """
        أ أن إن أو أي أما إلا إلى التي الذي الذين اللذان الى اليوم ان انه انها او اي
        أنه أنها إنه بأن بعد بعض بل بها به بين تحت تلك تم ثم جدا حتى حسب حول حيث خلال
        دون ذلك ضد ضمن عبر على عليه عليها عن عند عندما غير فإن فقط في فيما فيه فيها قال
        قالت قبل قد كان كانت كل كما كي لا لأن لدى لقد لكن لم لن له لها ليس ما مع من منذ
        منه منها نحو هذا هذه هل هم هناك هنا هو هي و وأن وإن وقال وقد وفي وكان وكانت ولا
        ولم وما ومن وهو وهي يكون يمكن
    """,
}

_COMMON = {language: frozenset(terms(words)) for language, words in _WORDS.items()}
_NONE: frozenset[str] = frozenset()


def common_words(language: str | None) -> frozenset[str]:
    """The common words of the language, normalised; none where it is not known."""
    code = language.partition("-")[0].lower() if language else ""
    return _COMMON.get(code, _NONE)
