from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.errors import ExpressionError
from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_parser import (
    each_clause,
    expand_topics,
    format_expression,
    parse_expression,
)


def shape(expression: Expression) -> object:
    """The tree as nested lists, short enough for a table."""
    match expression:
        case Clause():
            return (expression.field.value, expression.form.value, expression.value)
        case Not(part=part):
            return ["not", shape(part)]
        case And(parts=parts):
            return ["and", *map(shape, parts)]
        case Or(parts=parts):
            return ["or", *map(shape, parts)]


def word(value: str, field: str = "any") -> tuple[str, str, str]:
    return (field, "word", value)


TREES: dict[str, tuple[str, object]] = {
    "a bare word": ("mali", word("mali")),
    "a space means AND": ("mali algeria", ["and", word("mali"), word("algeria")]),
    "AND binds tighter than OR": (
        "a b OR c",
        ["or", ["and", word("a"), word("b")], word("c")],
    ),
    "NOT binds tightest": ("NOT a b", ["and", ["not", word("a")], word("b")]),
    "a minus means NOT": ("-football", ["not", word("football")]),
    "a minus excludes a group": (
        "-(a OR b)",
        ["not", ["or", word("a"), word("b")]],
    ),
    "NOT NOT is kept": ("NOT NOT a", ["not", ["not", word("a")]]),
    "nested groups of one kind are one": (
        "(a b) c OR d OR (e OR f)",
        ["or", ["and", word("a"), word("b"), word("c")], *map(word, "def")],
    ),
    "small and, or, not are words": (
        "and or",
        ["and", word("and"), word("or")],
    ),
    "a field": ("about:mali", word("mali", "about")),
    "a field in capitals": ("ABOUT:mali", word("mali", "about")),
    "a slug is lowered": ("lang:FR", word("fr", "lang")),
    "a phrase": ('title:"Sahara occidental"', ("title", "phrase", "Sahara occidental")),
    "a phrase between guillemets": ("«deux mots»", ("any", "phrase", "deux mots")),
    "a phrase between curly quotes": ("“two words”", ("any", "phrase", "two words")),
    "an Arabic phrase": ('"الصحراء الغربية"', ("any", "phrase", "الصحراء الغربية")),
    "a phrase right after a word": (
        'a"b c"',
        ["and", word("a"), ("any", "phrase", "b c")],
    ),
    "a prefix": ("migra*", ("any", "prefix", "migra")),
    "a regular expression": ("text:/a(b|c)+ d/", ("text", "regex", "a(b|c)+ d")),
    "an escaped slash": (r"/a\/b/", ("any", "regex", "a/b")),
    "a word with a hyphen": ("Mali-Algeria", word("Mali-Algeria")),
    "a colon at the start": (":x", word(":x")),
}


@pytest.mark.parametrize("case", TREES.values(), ids=TREES.keys())
def test_tree(case: tuple[str, object]) -> None:
    text, expected = case

    assert shape(parse_expression(text)) == expected


MISTAKES: dict[str, tuple[str, int, str]] = {
    "nothing": ("", 1, "cannot be empty"),
    "only spaces": ("   ", 1, "cannot be empty"),
    "an open parenthesis at the end": ("a (", 3, "never closed"),
    "a parenthesis never closed": ("(a OR b", 1, "never closed"),
    "a parenthesis never opened": ("a)", 2, "closes nothing"),
    "empty parentheses": ("a ()", 3, "empty"),
    "AND at the end": ("a AND", 3, "after AND"),
    "OR before AND": ("a OR AND b", 3, "after OR"),
    "OR at the start": ("OR b", 1, "missing"),
    "NOT at the end": ("a NOT", 3, "after NOT"),
    "a lone minus": ("a - b", 3, "directly before"),
    "a minus before a parenthesis that closes": ("(a -)", 4, "directly before"),
    "a minus at the end": ("a -", 3, "directly before"),
    "a lone asterisk": ("a *", 3, "end of a word"),
    "an asterisk inside": ("ab*c", 3, "end of a word"),
    "a field misspelt": ("abuot:mali", 1, "did you mean about:"),
    "a field nobody knows": ("zzz:mali", 1, "fields are about"),
    "a field without value": ("x about:", 3, "after about:"),
    "a field before a group": ("title:(a b)", 1, "after title:"),
    "an empty phrase": ('""', 1, "what should match"),
    "a quotation never closed": ('a "b', 3, "never closed"),
    "a regular expression never closed": ("/ab", 1, "never closed"),
    "a regular expression that RE2 refuses": ("text:/a(/", 6, "RE2 cannot read"),
    "a back-reference": (r"/(a)\1/", 1, "RE2 cannot read"),
    "a regular expression of 501 letters": (f"/{'a' * 501}/", 1, "at most 500"),
    "a phrase for a slug": ('about:"x y"', 7, "about:western-sahara"),
    "a capital accent in a slug": ("lang:é", 6, "lang:fr"),
    "no date": ("after:soon", 7, "is no date"),
    "a phrase for a date": ('before:"2025-06-01"', 8, "is no date"),
    "a date beyond the calendar": ("after:9999-12-31T23:59:59-23:00", 7, "no date"),
    "too long": ("a" * 10_001, 10_001, "at most 10000"),
    "too deep": ("(" * 51 + "a" + ")" * 51, 51, "more than 50 deep"),
    "too many minus signs": ("-" * 51 + "a", 51, "more than 50 deep"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake(case: tuple[str, int, str]) -> None:
    text, column, words = case

    with pytest.raises(ExpressionError, match=words) as caught:
        parse_expression(text)

    assert caught.value.column == column


TIMES = {
    "a day starts at midnight UTC": ("after:2025-06-01", datetime(2025, 6, 1)),
    "a time in UTC": ("before:2025-06-01T12:30Z", datetime(2025, 6, 1, 12, 30)),
    "a time elsewhere": ("after:2025-06-01T12:00+02:00", datetime(2025, 6, 1, 10)),
}


@pytest.mark.parametrize("case", TIMES.values(), ids=TIMES.keys())
def test_time(case: tuple[str, datetime]) -> None:
    text, at = case

    clause = parse_expression(text)

    assert isinstance(clause, Clause)
    assert clause.form is Form.TIME
    assert clause.at == at.replace(tzinfo=UTC)


def test_clauses_say_where_they_stand_and_how_they_were_written() -> None:
    clauses = each_clause(parse_expression('about:mali OR NOT title:"a b"'))

    assert [(one.column, one.written) for one in clauses] == [
        (1, "about:mali"),
        (19, 'title:"a b"'),
    ]


def test_a_formatted_expression_keeps_its_groups() -> None:
    text = format_expression(parse_expression("-(a OR b) (c OR d) e"))

    assert text == "NOT (a OR b) AND (c OR d) AND e"


def test_a_topic_stands_for_its_expression() -> None:
    topics = {
        "inner": parse_expression("about:mali"),
        "outer": parse_expression("topic:inner OR about:niger"),
    }

    expanded = expand_topics(parse_expression("-topic:outer lang:fr"), topics)

    assert [one.field for one in each_clause(expanded)] == [
        Field.ABOUT,
        Field.ABOUT,
        Field.LANGUAGE,
    ]
    assert format_expression(expanded) == (
        "NOT (about:mali OR about:niger) AND lang:fr"
    )
