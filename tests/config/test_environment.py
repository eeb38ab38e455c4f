import pytest

from config.environment import fill_in, has_reference

ENVIRON = {"NAME": "value", "EMPTY": ""}

TEXTS = {
    "a text without a reference stays": ("plain $5 {x}", "plain $5 {x}"),
    "a reference is replaced": ("a ${NAME} b", "a value b"),
    "every reference is replaced": ("${NAME}${NAME}", "valuevalue"),
    "an empty variable is nothing": ("a${EMPTY}b", "ab"),
    "two dollars mean the characters": ("$${NAME} ${NAME}", "${NAME} value"),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_filled_in(text: str, expected: str) -> None:
    filled = fill_in(text, ENVIRON)

    assert (filled.text, filled.mistakes) == (expected, ())


MISTAKES = {
    "a variable that is not set": ("${OTHER}", "no variable OTHER"),
    "a name that is none": ("${not a name}", "write ${NAME}"),
    "a reference never closed": ("${NAME", "write ${NAME}"),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_leaves_the_text_and_says_what_is_wrong(
    text: str, words: str
) -> None:
    filled = fill_in(text, ENVIRON)

    assert filled.text == text
    assert len(filled.mistakes) == 1
    assert words in filled.mistakes[0]


def test_only_a_reference_to_a_variable_may_hold_a_secret() -> None:
    assert has_reference("a $${B} ${C}")
    assert not has_reference("a $${B} ${")
