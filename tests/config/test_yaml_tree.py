from typing import Any

import pytest

from config.yaml_tree.reader import read_yaml

DATA: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing": ("", {}),
    "only a comment": ("# nothing yet", {}),
    "null": ("null", {}),
    "a mapping": ("a: {b: [1, c]}", {"a": {"b": [1, "c"]}}),
    "a list of mappings": ("a:\n  - b: 1\n    c: 2", {"a": [{"b": 1, "c": 2}]}),
    "numbers, truth and nothing": (
        "a: 12\nb: 1.5\nc: yes\nd: ~\ne:",
        {"a": 12, "b": 1.5, "c": True, "d": None, "e": None},
    ),
    "quoted text is text": ("a: 'no'\nb: \"12\"", {"a": "no", "b": "12"}),
    "times stay text": (
        "a: 2025-06-22\nb: 2025-06-22T12:00:00Z",
        {"a": "2025-06-22", "b": "2025-06-22T12:00:00Z"},
    ),
    "an alias": ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
    "an alias of text": ("a: &x t\nb: *x", {"a": "t", "b": "t"}),
    "the environment's values": ("a: x ${NAME}", {"a": "x value"}),
    "an escaped reference": ("a: $${NAME}", {"a": "${NAME}"}),
    "a key keeps its dollar": ("${NAME}: a", {"${NAME}": "a"}),
}


@pytest.mark.parametrize(("text", "data"), DATA.values(), ids=DATA.keys())
def test_yaml_is_read(text: str, data: dict[str, Any]) -> None:
    file = read_yaml(text, file="f", environ={"NAME": "value"})

    assert file.data == data
    assert file.problems == []
    assert file.is_whole


MISTAKES = {
    "a key twice": (
        "a: 1\nb: 2\na: 3",
        "f:3:1: a: this key is given twice, first on line 1: keep one",
    ),
    "a key twice below": (
        "x:\n  a: 1\n  a: 3",
        "f:3:3: x.a: this key is given twice, first on line 2: keep one",
    ),
    "a truth for a key": (
        "x: {no: 1}",
        'f:1:5: x.no: YAML reads no as false: quote it, "no"',
    ),
    "a number for a key": (
        "24: 1",
        'f:1:1: 24: YAML reads 24 as a number: quote it, "24"',
    ),
    "nothing for a key": ("~: 1", 'f:1:1: ~: YAML reads ~ as nothing: quote it, "~"'),
    "no key": ("?\n: 1", "f:1:2: write text here"),
    "a merge key": (
        "a: &x {b: 1}\nc: {<<: *x}",
        "f:2:5: c.<<: merge keys (<<) are not read: write the keys out",
    ),
    "a tag on text": (
        "a: !!str 5",
        "f:1:4: a: the YAML tag !!str is not read: take it away",
    ),
    "a tag on a list": (
        "a: !!python/tuple [1]",
        "f:1:4: a: the YAML tag !!python/tuple is not read: take it away",
    ),
    "a number that is none": (
        "a: 0x_",
        "f:1:4: a: this number cannot be read: quote it if it is text",
    ),
    "a number without end": (
        f"a: {'9' * 5000}",
        "f:1:4: a: this number cannot be read: quote it if it is text",
    ),
    "a variable that is not set": (
        "a: ['${OTHER}']",
        "f:1:5: a: the environment has no variable OTHER: set it, or write $${OTHER} "
        "if these very characters are meant",
    ),
}


@pytest.mark.parametrize(("text", "problem"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_and_the_rest_is_read(text: str, problem: str) -> None:
    file = read_yaml(text, file="f", environ={})

    assert [str(one) for one in file.problems] == [problem]
    assert file.is_whole


TENFOLD = "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)
)
UNREADABLE = {
    "a list": ("- a", "f:1:1: a configuration is made of keys, such as `sources:`"),
    "a text": ("abc", "f:1:1: a configuration is made of keys, such as `sources:`"),
    "two documents": (
        "a: 1\n---\nb: 2",
        "f:2:1: one file holds one document: take the second --- away",
    ),
    "a list for a key": ("? [a]\n: b", "f:1:3: a key is text, not a collection"),
    "an alias for a key": ("a: &x b\n*x : c", "f:2:1: a key is text, not an alias"),
    "an alias of nothing": (
        "a: *x",
        "f:1:4: no &x is complete before this: quote text that begins with *",
    ),
    "an alias of what it stands in": (
        "a: &x [*x]",
        "f:1:8: no &x is complete before this: quote text that begins with *",
    ),
    "an anchor twice": ("a: &x 1\nb: &x 2", "f:2:4: the anchor &x is given twice"),
    "aliases that multiply": (
        f"a0: &a0 [1]\n{TENFOLD}",
        "f:5:25: aliases stand for more than 10000 values: write them out",
    ),
    "deep nesting": (
        f"a: {'[' * 100_000}{']' * 100_000}",
        "f:1:33: this is nested more than 30 deep",
    ),
    "a quote never closed": (
        'a: "x',
        "f:1:6: this is not YAML: found unexpected end of stream",
    ),
    "a colon within text": (
        "a: b: c",
        "f:1:5: this is not YAML: mapping values are not allowed in this context: "
        "quote text that holds a colon and a space, and look at the indentation",
    ),
    "a tab": (
        "a:\n\tb: c",
        "f:2:1: this is not YAML: found character that cannot start any token: indent "
        "with spaces and quote text that begins with a sign",
    ),
    "a control character": (
        "a: 1\né: é\x01",
        "f:2:5: this is not YAML: a control character stands here",
    ),
}


@pytest.mark.parametrize(
    ("text", "problem"), UNREADABLE.values(), ids=UNREADABLE.keys()
)
def test_what_cannot_be_read_gives_no_data(text: str, problem: str) -> None:
    file = read_yaml(text, file="f", environ={})

    assert [str(one) for one in file.problems] == [problem]
    assert not file.is_whole
    assert file.data == {}
    assert file.find(("a",)) is None


def test_keys_and_values_have_places() -> None:
    file = read_yaml("é: 1\nb:\n  - c\n  - d: ${X}", file="f", environ={"X": "x"})

    spot = file.find(("b", 1, "d"))

    assert spot is not None
    assert (spot.key_place, spot.value_place) == ((4, 5), (4, 8))
    assert spot.written == "${X}"


def test_a_list_has_a_place_and_no_text() -> None:
    spot = read_yaml("a: [b]", file="f", environ={}).find(("a",))

    assert spot is not None
    assert spot.written is None
    assert spot.column_of(1) is None


ABSENT = {
    "a key that is not there": ("a", "x"),
    "a key below text": ("a", "b", "c"),
    "a key of a list": ("l", "b"),
    "a place beyond a list": ("l", 1),
}


@pytest.mark.parametrize("path", ABSENT.values(), ids=ABSENT.keys())
def test_what_a_file_does_not_give_has_no_place(path: tuple[str | int, ...]) -> None:
    assert read_yaml("a: {b: 1}\nl: [1]", file="f", environ={}).find(path) is None


CHARACTERS: dict[str, tuple[str, int, int | None]] = {
    "of plain text": ("a: bcd", 2, 5),
    "of plain Arabic text": ("a: مالي", 3, 6),
    "after the last": ("a: bcd", 4, 7),
    "beyond the last": ("a: bcd", 5, None),
    "between quotes": ("a: 'bcd'", 2, 6),
    "after a doubled quote": ("a: 'b''d'", 3, 8),
    "after an escaped quote": (r'a: "b\"d"', 3, 8),
    "after an escaped letter": (r'a: "\u00e9d"', 2, 11),
    "in a block": ("a: |\n  bcd", 2, None),
    "over two lines": ("a: b\n  cd", 3, None),
    "after a folded line": ('a: "b\\\n  cd"', 2, None),
}


@pytest.mark.parametrize(
    ("text", "character", "column"), CHARACTERS.values(), ids=CHARACTERS.keys()
)
def test_the_column_of_a_character(
    text: str, character: int, column: int | None
) -> None:
    spot = read_yaml(text, file="f", environ={}).find(("a",))

    assert spot is not None
    assert spot.column_of(character) == column
