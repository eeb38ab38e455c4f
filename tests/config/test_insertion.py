from __future__ import annotations

import pytest

from config.new_source import NewSource
from config.yaml_tree.insertion import NoPlaceError, insert_sources

NEW = (
    NewSource(slug="one", keys={"url": "https://one.example/"}),
    NewSource(slug="two", keys={"url": "https://two.example/"}),
)
BLOCK = """\
  one:
    url: "https://one.example/"
  two:
    url: "https://two.example/"
"""

PLACES = {
    "an empty file": ("", f"sources:\n{BLOCK}"),
    "a file without sources": (
        "# mine\ntopics: {}\n",
        f"# mine\ntopics: {{}}\n\nsources:\n{BLOCK}",
    ),
    "a file whose last line does not end": (
        "topics: {}",
        f"topics: {{}}\n\nsources:\n{BLOCK}",
    ),
    "a document that ends with dots": (
        "topics: {}\n...\n",
        f"topics: {{}}\n\nsources:\n{BLOCK}...\n",
    ),
    "a document that begins with dashes": (
        "---\nsources:\n  a: {}\n",
        f"---\nsources:\n  a: {{}}\n{BLOCK}",
    ),
    "sources without content": (
        "sources:\n\ntopics: {}\n",
        f"sources:\n{BLOCK}\ntopics: {{}}\n",
    ),
    "sources that are null": (
        "sources: ~  # none yet\ntopics: {}\n",
        f"sources:  # none yet\n{BLOCK}topics: {{}}\n",
    ),
    "empty braces": ("sources: {}\n", f"sources:\n{BLOCK}"),
    "comments alone": (
        "sources:\n  # a: {}\n\n# topics\n",
        f"sources:\n  # a: {{}}\n{BLOCK}\n# topics\n",
    ),
    "sources before another section": (
        "sources:\n  a: {url: x}  # one\n\n# topics\ntopics: {}\n",
        f"sources:\n  a: {{url: x}}  # one\n{BLOCK}\n# topics\ntopics: {{}}\n",
    ),
    "a comment on the last source": (
        "sources:\n  a:\n    url: x\n    # note\n  # b: {}\n# topics\n",
        f"sources:\n  a:\n    url: x\n    # note\n  # b: {{}}\n{BLOCK}# topics\n",
    ),
    "a last source over several lines": (
        "sources:\n  a: {aliases: [b,\n    c]}\ntopics: {}\n",
        f"sources:\n  a: {{aliases: [b,\n    c]}}\n{BLOCK}topics: {{}}\n",
    ),
    "a last source without content": (
        "sources:\n  a:\n\ntopics: {}\n",
        f"sources:\n  a:\n{BLOCK}\ntopics: {{}}\n",
    ),
    "a text in a block": (
        "sources:\n  a:\n    title: |\n      A\n\ntopics: {}\n",
        f"sources:\n  a:\n    title: |\n      A\n\n{BLOCK}topics: {{}}\n",
    ),
    "a last source that is an alias": (
        "sources:\n  a: &a {url: x}\n  b: *a\ntopics: {}\n",
        f"sources:\n  a: &a {{url: x}}\n  b: *a\n{BLOCK}topics: {{}}\n",
    ),
    "braces around the sources": (
        "sources: {a: {url: x}}  # all\n",
        'sources: {a: {url: x}, one: {url: "https://one.example/"}, '
        'two: {url: "https://two.example/"}}  # all\n',
    ),
    "braces with a comma behind the last": (
        "sources: {\n  a: {url: x},\n}\n",
        'sources: {\n  a: {url: x}, one: {url: "https://one.example/"}, '
        'two: {url: "https://two.example/"},\n}\n',
    ),
    "a word of another section": (
        "topics: {sources: {}}\n",
        f"topics: {{sources: {{}}}}\n\nsources:\n{BLOCK}",
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES.keys())
def test_sources_are_added_to(before: str, after: str) -> None:
    assert insert_sources(before, NEW) == after


def test_the_indentation_of_the_file_is_kept() -> None:
    before = "sources:\n    a:\n        url: x\n"

    after = insert_sources(before, NEW[:1])

    assert after == f'{before}    one:\n        url: "https://one.example/"\n'


def test_a_file_that_is_indented_as_a_whole_stays_so() -> None:
    before = "  topics: {}\n"

    after = insert_sources(before, NEW[:1])

    url = '      url: "https://one.example/"\n'
    assert after == f"{before}\n  sources:\n    one:\n{url}"


def test_the_line_ends_of_windows_are_kept() -> None:
    after = insert_sources("sources:\r\n  a: {}\r\n", NEW)

    assert after.count("\r\n") == after.count("\n") == 6


REFUSED = {
    "braces around everything": "{sources: {}}",
    "an alias for the sources": "tags: &a {}\nsources: *a\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_nothing_is_added_to(text: str) -> None:
    with pytest.raises(NoPlaceError):
        insert_sources(text, NEW)
