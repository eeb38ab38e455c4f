from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression import And, Clause, Expression, Field, Form, Not, Or
from config.expression_parser import (
    each_clause,
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
    "a phrase": ('title:"Sahara occidental"', ("title", "phrase", "Sahara occidental")),
    "a phrase between guillemets": ("«deux mots»", ("any", "phrase", "deux mots")),
    "a phrase between curly quotes": ("“two words”", ("any", "phrase", "two words")),
    "an Arabic phrase": ('"الصحراء الغربية"', ("any", "phrase", "الصحراء الغربية")),
    "spaces within the quotes do not count": (
        "« Sahara occidental »",
        ("any", "phrase", "Sahara occidental"),
    ),
    "parentheses need no spaces": (
        "NOT(a)(b OR c)",
        ["and", ["not", word("a")], ["or", word("b"), word("c")]],
    ),
    "a prefix": ("migra*", ("any", "prefix", "migra")),
    "a regular expression": ("text:/a(b|c)+ d/", ("text", "regex", "a(b|c)+ d")),
    "an escaped slash": (r"/a\/b/", ("any", "regex", "a/b")),
    "a word with a hyphen": ("Mali-Algeria", word("Mali-Algeria")),
    "a minus within a word": ("a-b -c", ["and", word("a-b"), ["not", word("c")]]),
    "a colon within a regular expression": (
        "/https?:[^ ]+/",
        ("any", "regex", "https?:[^ ]+"),
    ),
    "a pair of backslashes before the closing slash": (
        r"/a\\/ b",
        ["and", ("any", "regex", r"a\\"), word("b")],
    ),
    "a colon within a value": (
        "url:https://a.example/b",
        word("https://a.example/b", "url"),
    ),
    "an Arabic word": ("الصحراء", word("الصحراء")),
}


@pytest.mark.parametrize("case", TREES.values(), ids=TREES.keys())
def test_tree(case: tuple[str, object]) -> None:
    text, expected = case

    assert shape(parse_expression(text)) == expected


MISTAKES: dict[str, tuple[str, int, str]] = {
    "nothing": ("", 1, "is empty"),
    "only spaces": ("   ", 1, "is empty"),
    "an open parenthesis at the end": ("a (", 3, "never closed"),
    "a parenthesis never closed": ("(a OR b", 1, "never closed"),
    "a parenthesis never opened": ("a)", 2, "never opened"),
    "a closing parenthesis at the start": (") a", 1, "never opened"),
    "empty parentheses": ("a ()", 3, "between these parentheses"),
    "AND at the end": ("a AND", 6, "should match after AND"),
    "OR before AND": ("a OR AND b", 6, "should match after OR"),
    "OR at the start": ("OR b", 1, "should match before OR"),
    "AND after a parenthesis": ("(AND b)", 2, "should match before AND"),
    "AND before a parenthesis": ("(b AND)", 7, "should match after AND"),
    "NOT at the end": ("a NOT", 6, "should not match after NOT"),
    "a lone minus": ("a - b", 3, "directly before"),
    "a minus before a parenthesis that closes": ("(a -)", 4, "directly before"),
    "a minus at the end": ("a -", 3, "directly before"),
    "a minus after a field": ("title:-a", 7, "before the field: -title:word"),
    "a lone asterisk": ("a *", 3, "such as migra"),
    "an asterisk inside": ("ab*c", 3, "such as migra"),
    "two asterisks": ("ab**", 3, "such as migra"),
    "only signs": ("a !?", 3, "no letter or digit"),
    "a field misspelt": ("abuot:mali", 1, "`abuot:`, did you mean `about:`"),
    "a field in capitals": ("About:mali", 1, "did you mean `about:`"),
    "a field of another name": ("tags:mali", 1, "did you mean `about:`"),
    "a field nobody knows": ("zzz:mali", 1, "there are about:, .* and topic:"),
    "an address without quotes": ("x http://a.b", 3, "with a colon stands in quotes"),
    "a colon at the start": (":x", 1, "unknown field `:`"),
    "a field without value": ("x title: y", 9, "directly after `title:`"),
    "a field before a group": ("title:(a b)", 7, "directly after `title:`"),
    "an empty phrase": ('""', 1, "no letter or digit"),
    "a quote never closed": ('a "b', 3, 'close it with "'),
    "a guillemet never closed": ("a «b", 3, "close it with »"),
    "a quote never opened": ("a b»", 4, "put a space before this »"),
    "a closing quote alone": ("a » b", 3, "never opened"),
    "a quote right after a word": ('a"b c"', 2, 'put a space before this "'),
    "a word right after a quote": ('"b c"a', 6, "put a space before this a"),
    "a word right after a regular expression": ("/b/i", 4, "put a space before"),
    "a regular expression never closed": ("/ab", 1, "never closed"),
    "a regular expression that ends in a backslash": ("/ab\\", 1, "never closed"),
    "an empty regular expression": ("a //", 3, "between the two /"),
    "a regular expression that RE2 refuses": ("text:/a(/", 6, "RE2 cannot read"),
    "a back-reference": (r"/(a)\1/", 1, "RE2 cannot read"),
    "a regular expression of 501 letters": (f"/{'a' * 501}/", 1, "at most 500"),
    "a phrase for a slug": ('about:"x y"', 7, "such as `about:mali`"),
    "a slug in capitals": ("about:Mali", 7, "did you mean `about:mali`"),
    "a prefix for a slug": ("source:ya*", 8, "name of one source"),
    "no slug": ("topic: x", 7, "name of one topic"),
    "a language that is none": ("lang:french", 6, "such as `lang:fr`"),
    "a language in quotes": ('lang:"fr"', 6, "such as `lang:fr`"),
    "no date": ("after:soon", 7, "a day such as `after:2025-06-01`"),
    "a phrase for a date": ('before:"2025-06-01"', 8, "a day such as"),
    "a day the calendar lacks": ("before:2025-02-30", 8, "a day such as"),
    "a moment without its zone": ("after:2025-06-01T12:00", 7, "its time zone"),
    "a moment beyond the calendar": (
        "after:9999-12-31T23:59:59-23:00",
        7,
        "a moment",
    ),
    "too long": ("a" * 10_001, 10_001, "at most 10000"),
    "far too deep": ("(" * 1000 + "a" + ")" * 1000, 51, "at most 50 deep"),
    "a sign of control": ("mali\0", 5, "a sign of control"),
    "too deep": ("(" * 51 + "a" + ")" * 51, 51, "at most 50 deep"),
    "too many minus signs": ("-" * 51 + "a", 51, "at most 50 deep"),
    "half a character": ("a \ud800", 3, "half a character"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake(case: tuple[str, int, str]) -> None:
    text, column, words = case

    with pytest.raises(ExpressionError, match=words) as caught:
        parse_expression(text)

    assert caught.value.column == column


TIMES = {
    "a day starts at midnight UTC": ("after:2025-06-01", "2025-06-01T00:00:00"),
    "a time in UTC": ("before:2025-06-01T12:30Z", "2025-06-01T12:30:00"),
    "a time with a fraction": (
        "before:2025-06-01T12:30:00.5Z",
        "2025-06-01T12:30:00.500000",
    ),
    "a time elsewhere": ("after:2025-06-01T12:00+02:00", "2025-06-01T10:00:00"),
}


@pytest.mark.parametrize("case", TIMES.values(), ids=TIMES.keys())
def test_time(case: tuple[str, str]) -> None:
    text, moment = case

    clause = parse_expression(text)

    assert isinstance(clause, Clause)
    assert clause.form is Form.TIME
    assert clause.at == datetime.fromisoformat(moment + "+00:00")


def test_clauses_say_where_they_stand_and_how_they_were_written() -> None:
    clauses = each_clause(parse_expression('about:mali OR NOT title:"a b"'))

    assert [(one.column, one.written) for one in clauses] == [
        (1, "about:mali"),
        (19, 'title:"a b"'),
    ]


def test_a_formatted_expression_keeps_its_groups() -> None:
    text = format_expression(parse_expression("-(a OR b) (c OR d) e"))

    assert text == "NOT (a OR b) AND (c OR d) AND e"


FORMATS = {
    "a slash in a regular expression": r"url:/a\/b\d/",
    "a prefix": "title:migra*",
    "a moment": "after:2025-06-01T12:00:00Z",
    "a phrase that holds quotes": '«the "Sahara"»',
    "a phrase in other quotes": "“a » b”",
}


@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS.keys())
def test_a_formatted_clause_reads_as_before(text: str) -> None:
    clause = parse_expression(text)
    assert isinstance(clause, Clause)

    again = parse_expression(format_expression(clause))

    assert again == replace(clause, written=format_expression(clause))


def test_a_phrase_with_every_closing_quote_cannot_be_written() -> None:
    clause = parse_expression('"a"')
    assert isinstance(clause, Clause)

    with pytest.raises(ValueError, match="no quotes are left"):
        format_expression(replace(clause, value='"»”'))


def test_a_topic_stands_for_its_expression() -> None:
    topics = {
        "inner": parse_expression("about:mali"),
        "outer": parse_expression("topic:inner OR (about:niger b)"),
    }

    expanded = expand_topics(parse_expression("-topic:outer lang:fr"), topics)

    assert [one.field for one in each_clause(expanded)] == [
        Field.ABOUT,
        Field.ABOUT,
        Field.ANY,
        Field.LANGUAGE,
    ]
    assert format_expression(expanded) == (
        "NOT (about:mali OR about:niger AND b) AND lang:fr"
    )
