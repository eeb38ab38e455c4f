from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import CATALOGUE, find_configuration, load_settings
from config.source_settings import (
    FeedSource,
    SnapshotSource,
)
from tests.config.factories import NOTHING, load, problems_of, write_configuration
from tests.cost import measured

TAG = "tags: {mali: {title: Mali, kind: place, region: sahel, names: {en: [Mali]}}}\n"
FEED = "url: 'http://a.example/'"

PROBLEMS: dict[str, tuple[str, list[str]]] = {
    "an unknown section": (
        "topcs: {}",
        ["1:1: topcs: unknown key, did you mean `topics`?"],
    ),
    "an unknown section like no other": (
        "zzz: {}",
        [
            "1:1: zzz: unknown key, there are include, storage, server, publish, "
            "websub, notify, fetch, duplicates, keep, replay, sources, tags, "
            "boilerplate, topics, searches"
        ],
    ),
    "an unknown key of a feed": (
        f"sources: {{a: {{{FEED}, languge: fr}}}}",
        ["1:41: sources.a.languge: unknown key, did you mean `language`?"],
    ),
    "an unknown key of a snapshot": (
        "sources: {a: {kind: snapshot, path: x, captured: 2025-06-22T12:00:00Z}}",
        ["1:40: sources.a.captured: unknown key, did you mean `captured_at`?"],
    ),
    "a preferred source that is none": (
        f"sources: {{a: {{{FEED}}}}}\nduplicates: {{prefer: [a, b]}}",
        ["2:26: duplicates.prefer: no source is named b, define it under `sources:`"],
    ),
    "a key of the other kind": (
        f"sources: {{a: {{{FEED}, captured_at: 2025-06-22T12:00:00Z}}}}",
        [
            "1:41: sources.a.captured_at: unknown key, there are title, home, "
            "language, country, time_zone, enabled, confidence, aliases, categories, "
            "category_tags, every, keep, duplicates, kind, url, candidates, full_text, "
            "push"
        ],
    ),
    "an unknown key that is called like a kind": (
        f"sources: {{a: {{{FEED}, feed: {{}}}}}}",
        [
            "1:41: sources.a.feed: unknown key, there are title, home, "
            "language, country, time_zone, enabled, confidence, aliases, categories, "
            "category_tags, every, keep, duplicates, kind, url, candidates, full_text, "
            "push"
        ],
    ),
    "a time zone that does not exist": (
        f"sources: {{a: {{{FEED}, time_zone: Africa/Algier}}}}",
        [
            "1:52: sources.a.time_zone: there is no such time zone; write one of the "
            "tz database, such as Africa/Algiers"
        ],
    ),
    "an unknown key of a name": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, exat: true}]}}}",
        ["1:59: tags.a.names.en.exat: unknown key, did you mean `exact`?"],
    ),
    "an unknown key of a tag": (
        "tags: {a: {title: A, kind: place, nt: [x]}}",
        ["1:35: tags.a.nt: unknown key, did you mean `not`?"],
    ),
    "an unknown key deep in a section": (
        "fetch:\n  per_host:\n    spaceing: 3s",
        ["3:5: fetch.per_host.spaceing: unknown key, did you mean `spacing`?"],
    ),
    "no for a language": (
        f"sources: {{a: {{{FEED}, language: no}}}}",
        ['1:51: sources.a.language: YAML reads no as false: quote it, "no"'],
    ),
    "a number for text": (
        "topics: {a: {title: 2024, match: x}}",
        ['1:21: topics.a.title: YAML reads 2024 as a number: quote it, "2024"'],
    ),
    "nothing for text": (
        "topics: {a: {title: , match: x}}",
        ["1:21: topics.a.title: write text here"],
    ),
    "a list for text": (
        "topics: {a: {title: [x], match: x}}",
        ["1:21: topics.a.title: write text here"],
    ),
    "text for a list": (
        f"sources: {{a: {{{FEED}, aliases: x}}}}",
        ["1:50: sources.a.aliases: write a list here, such as [one, two]"],
    ),
    "text for keys": ("server: x", ["1:9: server: write keys with values here"]),
    "text for sources": ("sources: x", ["1:10: sources: write keys with values here"]),
    "text for a source": (
        "sources: {a: x}",
        ["1:14: sources.a: write keys with values here"],
    ),
    "nothing for a source": (
        "sources: {a: }",
        ["1:14: sources.a: write keys with values here"],
    ),
    "a kind that is none": (
        f"sources: {{a: {{kind: fed, {FEED}}}}}",
        [
            "1:21: sources.a.kind: there is no such kind, the kinds are feed, page, "
            "sitemap, snapshot"
        ],
    ),
    "no kind": (
        f"sources: {{a: {{kind: , {FEED}}}}}",
        [
            "1:21: sources.a.kind: there is no such kind, the kinds are feed, page, "
            "sitemap, snapshot"
        ],
    ),
    "a feed without its address": (
        "sources:\n  a: {title: A}",
        ["2:3: sources.a.url: this key is missing: add it"],
    ),
    "a tag without anything": (
        "tags:\n  a: {}",
        [
            "2:3: tags.a.title: this key is missing: add it",
            "2:3: tags.a.kind: this key is missing: add it",
        ],
    ),
    "an address of another scheme": (
        "sources: {a: {url: 'ftp://a.example/'}}",
        ["1:20: sources.a.url: write an address that starts with http:// or https://"],
    ),
    "an address out of joint": (
        "sources: {a: {url: 'http://[a/'}}",
        ["1:20: sources.a.url: this is no address: look at its [ ] and its port"],
    ),
    "a slug in capitals": (
        f"sources: {{Aa: {{{FEED}}}}}",
        ["1:11: sources.Aa: a name is made of 1 to 64 small letters a-z, digits and -"],
    ),
    "a language that is none": (
        "tags: {a: {title: A, kind: place, names: {english: [Aa]}}}",
        [
            "1:43: tags.a.names.english: write a language code of two or three small "
            "letters, such as fr"
        ],
    ),
    "a country in small letters": (
        f"sources: {{a: {{{FEED}, country: ma}}}}",
        ["1:50: sources.a.country: write a country code of two capitals, such as MA"],
    ),
    "truth that is none": (
        f"sources: {{a: {{{FEED}, enabled: maybe}}}}",
        ["1:50: sources.a.enabled: write true or false"],
    ),
    "a choice that is none": (
        "publish: {content: all}",
        ["1:20: publish.content: write title, excerpt or full"],
    ),
    "a number that is none": (
        "publish: {limit: many}",
        ["1:18: publish.limit: write a whole number"],
    ),
    "yes for a number": (
        "publish: {limit: yes}",
        ["1:18: publish.limit: write a whole number"],
    ),
    "a number too small": (
        "publish: {limit: 0}",
        ["1:18: publish.limit: write a number of 1 or more"],
    ),
    "a number too large": (
        "publish: {limit: 5000}",
        ["1:18: publish.limit: write a number of 1000 or less"],
    ),
    "no duration and not adaptive": (
        f"sources: {{a: {{{FEED}, every: soon}}}}",
        [
            "1:48: sources.a.every: write adaptive, or write a duration with its unit, "
            "such as 90s, 15m, 2h or 7d"
        ],
    ),
    "a moment without its zone": (
        "sources: {a: {kind: snapshot, path: x, captured_at: 2025-06-22T12:00:00}}",
        [
            "1:53: sources.a.captured_at: write the time zone too, such as "
            "2025-06-22T12:00:00Z"
        ],
    ),
    "a number for a moment": (
        "sources: {a: {kind: snapshot, path: x, captured_at: 20250622}}",
        ["1:53: sources.a.captured_at: write a moment, such as 2025-06-22T12:00:00Z"],
    ),
    "a port for an address to listen on": (
        "server: {listen: 8080}",
        ['1:18: server.listen: YAML reads 8080 as a number: quote it, "8080"'],
    ),
    "an authority without its year": (
        "publish: {authority: news.example.org}",
        [
            "1:22: publish.authority: write a domain of yours, a comma and a year in "
            "which it was yours, such as news.example.org,2026"
        ],
    ),
    "a database elsewhere": (
        "storage: {url: 'mysql://x'}",
        [
            "1:16: storage.url: write sqlite:/// and the path of a file, or "
            "postgresql://USER@HOST/DATABASE"
        ],
    ),
    "a database in memory": (
        "storage: {url: 'sqlite:///:memory:'}",
        [
            "1:16: storage.url: articles are kept in a file: write sqlite:/// and its "
            "path"
        ],
    ),
    "a name too short": (
        "tags: {a: {title: A, kind: place, names: {en: [x]}}}",
        [
            "1:48: tags.a.names.en: a name has two letters or more, "
            "else it is in every text"
        ],
    ),
    "a key twice": (
        "topics:\n  a: {title: A, match: x}\n  a: {title: B, match: y}",
        ["3:3: topics.a: this key is given twice, first on line 2: keep one"],
    ),
    "two sources at one address": (
        f"sources:\n  a: {{{FEED}}}\n  b: {{{FEED}}}",
        [
            "3:12: sources.b.url: the source a polls this address too: take one of "
            "them away, or write `enabled: false` for it"
        ],
    ),
    "two topics of one title": (
        "topics:\n  a: {title: Libya, match: x}\n  b: {title: LIBYA, match: y}",
        [
            "3:14: topics.b.title: the topic a has this title too: give each its own, "
            "so that subscribers can tell them apart"
        ],
    ),
    "a tag that no vocabulary defines": (
        TAG + 'topics: {a: {title: A, match: "x about:malli"}}',
        ["2:34: topics.a.match: no tag is named malli, did you mean mali?"],
    ),
    "a tag where there is no vocabulary": (
        "topics: {a: {title: A, match: mentions:x}}",
        ["1:31: topics.a.match: no tag is named x, define it under `tags:`"],
    ),
    "a source that is not defined": (
        "topics: {a: {title: A, match: -source:x}}",
        ["1:32: topics.a.match: no source is named x, define it under `sources:`"],
    ),
    "a topic that is not defined": (
        "topics: {a: {title: A, match: topic:b}}",
        ["1:31: topics.a.match: no topic is named b, define it under `topics:`"],
    ),
    "a topic that names itself": (
        "topics: {a: {title: A, match: x topic:a}}",
        ["1:33: topics.a.match: topics name each other in a circle: a → a"],
    ),
    "topics in a circle, and one that leads there": (
        "topics:\n"
        "  z: {title: Z, match: topic:a}\n"
        "  a: {title: A, match: x topic:b topic:d topic:e}\n"
        "  b: {title: B, match: topic:d OR topic:c}\n"
        "  c: {title: C, match: topic:a}\n"
        "  d: {title: D, match: topic:e}\n"
        "  e: {title: E, match: y}",
        ["3:26: topics.a.match: topics name each other in a circle: a → b → c → a"],
    ),
    "searches that do not say what they should": (
        "searches:\n  a: x OR\n  b: {match: topic:c}\n  d: {title: D}\n  e: [x]",
        [
            "2:10: searches.a.match: write what should match after OR",
            "3:14: searches.b.match: no topic is named c, define it under `topics:`",
            "4:3: searches.d.match: this key is missing: add it",
            "5:6: searches.e: write keys with values here",
        ],
    ),
    "a search that comes to more than can be decided, and one that does not": (
        "topics:\n  t0: {title: T0, match: x y}\n"
        + "".join(
            f"  t{at}: {{title: T{at}, match: topic:t{at - 1} OR topic:t{at - 1}}}\n"
            for at in range(1, 12)
        )
        + "searches:\n  fine: topic:t11\n  a: x OR (topic:t11 topic:t11)",
        [
            "16:22: searches.a.match: with the topics that they name, topics have more "
            "than 5000 clauses: name fewer of them"
        ],
    ),
    "a topic that was named like one there is": (
        "topics:\n  a: {title: A, match: x}\n"
        "  b: {title: B, match: x, formerly: [old, a]}",
        [
            "3:43: topics.b.formerly: a is a topic now: take it out here, or rename "
            "that one"
        ],
    ),
    "two topics that had one name": (
        "topics:\n  a: {title: A, match: x, formerly: [old]}\n"
        "  b: {title: B, match: x, formerly: [older, old]}",
        ["3:45: topics.b.formerly: the topic a was named old too: say so of one"],
    ),
    "a preferred source that is not there": (
        "sources: {paper: {url: 'https://paper.example/feed'}}\n"
        "topics: {a: {title: A, match: x, prefer: [paper, papre]}}",
        ["2:50: topics.a.prefer: no source is named papre, did you mean paper?"],
    ),
    "topics that come to more than can be decided": (
        "topics:\n  t0: {title: T0, match: x y}\n"
        + "".join(
            f"  t{n}: {{title: T{n}, match: topic:t{n - 1} topic:t{n - 1}}}\n"
            for n in range(1, 13)
        ),
        [
            "14:38: topics.t12.match: with the topics that they name, topics have more "
            "than 5000 clauses: name fewer of them"
        ],
    ),
    "an expression that does not parse": (
        "topics: {a: {title: A, match: x AND}}",
        ["1:36: topics.a.match: write what should match after AND"],
    ),
    "a mistake after an escaped quote": (
        r'topics: {a: {title: A, match: "title:\"x y\" )"}}',
        [
            "1:46: topics.a.match: this parenthesis was never opened: take it away, or "
            "open one with ("
        ],
    ),
    "a mistake in a block of text": (
        "topics:\n  a:\n    title: A\n    match: >\n      x\n      OR )",
        [
            "4:12: topics.a.match: write what should match after OR (at character 6 of "
            "it)"
        ],
    ),
    "near a region the tag does not have": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, near: region}]}}}",
        [
            "1:65: tags.a.names.en.near: this tag has no region: add `region:` to it, "
            "or list the tags here"
        ],
    ),
    "near a tag that is not defined": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, near: [b]}]}}}",
        ["1:66: tags.a.names.en.near: no tag is named b, define it under `tags:`"],
    ),
    "a category that means no tag": (
        "sources: {a: {url: 'https://a.example/', category_tags: {Sahara: x}}}",
        [
            "1:66: sources.a.category_tags.Sahara: no tag is named x, define it under "
            "`tags:`"
        ],
    ),
    "an empty name": (
        "tags: {a: {title: A, kind: place, names: {en: ['']}}}",
        [
            "1:48: tags.a.names.en: a name has two letters or more, else it is in "
            "every text"
        ],
    ),
    "a name of signs": (
        "tags: {a: {title: A, kind: place, names: {en: ['--!?']}}}",
        [
            "1:48: tags.a.names.en: a name has two letters or more, else it is in "
            "every text"
        ],
    ),
    "a context of one letter": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, unless: [b]}]}}}",
        [
            "1:68: tags.a.names.en.unless: a name has two letters or more, else it is "
            "in every text"
        ],
    ),
    "a name over two lines": (
        'tags: {a: {title: A, kind: place, names: {en: ["Ma\\nli"]}}}',
        [
            "1:48: tags.a.names.en: write the name on one line, without control "
            "characters"
        ],
    ),
    "a whole text as a name": (
        f"tags: {{a: {{title: A, kind: place, names: {{en: [{'x' * 10_000}]}}}}}}",
        ["1:48: tags.a.names.en: this is too long: write at most 200 characters"],
    ),
    "near what is neither region nor a list": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, near: b}]}}}",
        [
            "1:65: tags.a.names.en.near: write region, or write a list here, such as "
            "[one, two]"
        ],
    ),
    "near what is no slug": (
        "tags: {a: {title: A, kind: place, names: {en: [{name: Aa, near: [B b]}]}}}",
        [
            "1:66: tags.a.names.en.near: a name is made of 1 to 64 small letters a-z, "
            "digits and -"
        ],
    ),
    "two tags that claim one name": (
        "tags:\n"
        "  a: {title: A, kind: place, names: {en: [Tripoli]}}\n"
        "  b: {title: B, kind: place, names: {en: [Beirut, tripoli]}}",
        [
            "3:51: tags.b.names.en: tripoli is a name of the tag a too: take one away, "
            "or say with `near:` beside which tags it counts"
        ],
    ),
    "an include that is no list": (
        "include: x.yaml",
        ["1:10: include: write a list here, such as [one, two]"],
    ),
    "an include that is no text": (
        "include: [3, '']",
        [
            "1:11: include: write the path of a file",
            "1:14: include: write the path of a file",
        ],
    ),
    "an include that does not exist": (
        "include: [a/other.yaml]",
        ["1:11: include: there is no such file"],
    ),
    "an include that is a folder": (
        "include: ['.']",
        ["1:11: include: this cannot be read: Is a directory"],
    ),
    "a file that includes itself": (
        "include: [./rekkas.yaml]",
        [
            "1:11: include: the files include each other in a circle: rekkas.yaml → "
            "rekkas.yaml"
        ],
    ),
    "a secret in an expression": (
        "topics: {a: {title: A, match: '${SECRET}:x'}}",
        [
            "1:31: topics.a.match: this does not fit once the environment's values are "
            "filled in"
        ],
    ),
    "a secret in an address": (
        "sources: {a: {url: 'http://u:${SECRET}@[a/'}}",
        ["1:20: sources.a.url: this is no address: look at its [ ] and its port"],
    ),
    "a variable that is not set": (
        "server: {base_url: '${OTHER}'}",
        [
            "1:20: server.base_url: the environment has no variable OTHER: set it, or "
            "write $${OTHER} if these very characters are meant",
            "1:20: server.base_url: write an address that starts with http:// or "
            "https://",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    problems = problems_of(tmp_path, text, {"SECRET": "s3cret"})

    assert problems == [f"rekkas.yaml:{one}" for one in expected]


def test_all_mistakes_are_named_at_once_over_all_files(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "include: [other.yaml]\nserver: {listen: x}\n"
        "topics:\n"
        "  a: {title: A, match: '(', limit: 0}\n"
        "  b: {match: about:x}\n"
        "  c: {title: C, match: about:mali AND topic:b}\n"
        "  d: {title: D, match: topic:z}",
        other=TAG + "sources: {A: {}}",
    )

    assert [problem.partition(" ")[0] for problem in problems] == [
        "other.yaml:2:11:",
        "other.yaml:2:11:",
        "rekkas.yaml:2:18:",
        "rekkas.yaml:4:25:",
        "rekkas.yaml:4:36:",
        "rekkas.yaml:5:3:",
        "rekkas.yaml:7:24:",
    ]


def test_a_part_that_cannot_be_read_says_nothing_of_what_it_would_define(
    tmp_path: Path,
) -> None:
    problems = problems_of(
        tmp_path,
        "include: [other.yaml]\n"
        "sources: {a: {enabled: perhaps}}\n"
        "topics: {a: {title: A, match: about:mali}}",
        other="tags: [",
    )

    assert problems == [
        "other.yaml:2:1: this is not YAML: did not find expected node content",
        "rekkas.yaml:2:24: sources.a.enabled: write true or false",
    ]


def test_a_section_out_of_shape_says_nothing_of_what_it_would_define(
    tmp_path: Path,
) -> None:
    problems = problems_of(
        tmp_path, "tags: []\ntopics: {a: {title: A, match: about:mali}}"
    )

    assert problems == ["rekkas.yaml:1:7: tags: write keys with values here"]


def test_a_mistake_in_an_include_names_its_file(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path, "include: [parts/a.yaml]", parts__a="topics: {a: {title: A}}"
    )

    assert problems == [
        "parts/a.yaml:1:10: topics.a.match: this key is missing: add it"
    ]


def test_a_catalogue_file_that_does_not_exist_is_told_with_those_that_do(
    tmp_path: Path,
) -> None:
    (problem,) = problems_of(tmp_path, "include: ['catalogue:../x']")

    assert problem.startswith(
        "rekkas.yaml:1:11: include: the catalogue has no such file, it has default"
    )


def test_a_circle_of_files_is_told_where_it_closes(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "include: [a.yaml]",
        a="include: [b.yaml]",
        b="include: [a.yaml]",
    )

    assert problems == [
        "b.yaml:1:11: include: the files include each other in a circle: a.yaml → "
        "b.yaml → a.yaml"
    ]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_bytes("# ok\ntitle: é".encode("latin-1"))

    with pytest.raises(ConfigError, match="not UTF-8 text from line 2 on"):
        load_settings(path, environ=NOTHING)


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)

    with pytest.raises(ConfigError, match="more than 67108864 bytes"):
        load_settings(path, environ=NOTHING)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_settings(tmp_path / "rekkas.yaml", environ=NOTHING)


def test_a_later_file_counts_key_by_key(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        "include: [a.yaml, b.yaml]\nsources: {s: {enabled: false}}\n"
        "fetch: {per_host: {spacing: 5s}}",
        a=f"sources: {{s: {{{FEED}, title: A, aliases: [x, y]}}}}\n"
        "fetch: {per_host: {concurrency: 2}}",
        b="sources: {s: {title: B, aliases: [z]}}",
    )

    source = loaded.settings.sources["s"]
    per_host = loaded.settings.fetch.per_host
    assert source == FeedSource(
        url="http://a.example/", title="B", aliases=("z",), enabled=False
    )
    assert (per_host.concurrency, per_host.spacing) == (2, timedelta(seconds=5))
    assert loaded.settings.include == ("a.yaml", "b.yaml")


def test_files_are_read_once_and_before_those_that_include_them(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        "include: [a.yaml, b.yaml]",
        a="include: [c.yaml]",
        b="include: [c.yaml]",
        c="",
    )

    assert [path.name for path in loaded.files] == [
        "c.yaml",
        "a.yaml",
        "b.yaml",
        "rekkas.yaml",
    ]
    assert loaded.path == tmp_path / "rekkas.yaml"


def test_sections_without_content_are_as_good_as_absent(tmp_path: Path) -> None:
    loaded = load(tmp_path, "include:\nsources:\ntopics:\nserver:\n")

    assert loaded.settings.topics == {}


def test_paths_start_at_the_file_that_names_them(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        "include: [parts/a.yaml]\nstorage: {url: 'sqlite:///data/../x.db'}",
        parts__a="sources: {s: {kind: snapshot, path: saved/s.txt}}",
    )

    source = loaded.settings.sources["s"]
    assert isinstance(source, SnapshotSource)
    assert source.path == tmp_path / "parts" / "saved" / "s.txt"
    assert loaded.settings.storage.url == f"sqlite:///{tmp_path}/x.db"


def test_absolute_paths_stay(tmp_path: Path) -> None:
    loaded = load(tmp_path, "storage: {url: 'sqlite:////var/lib/x.db'}")

    assert loaded.settings.storage.url == "sqlite:////var/lib/x.db"


def test_a_database_of_a_server_stays(tmp_path: Path) -> None:
    url = "postgresql://ada:${PASSWORD}@db.example.org/news"

    loaded = load(tmp_path, f"storage: {{url: '{url}'}}", {"PASSWORD": "s3cret"})

    assert loaded.settings.storage.url == url.replace("${PASSWORD}", "s3cret")


def test_the_database_is_beside_the_file_when_nothing_else_is_said(
    tmp_path: Path,
) -> None:
    loaded = load(tmp_path, "")

    assert loaded.settings.storage.url == f"sqlite:///{tmp_path}/rekkas.db"
    assert [path.name for path in tmp_path.iterdir()] == ["rekkas.yaml"]


def test_values_of_the_environment_are_filled_in(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        "server: {base_url: 'https://${HOST}/'}\npublish: {limit: '${LIMIT}'}",
        {"HOST": "news.example.org", "LIMIT": "7"},
    )

    assert loaded.settings.server.base_url == "https://news.example.org/"
    assert loaded.settings.publish.limit == 7


def test_an_aliased_secret_is_not_told_either(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        "topics:\n  a: {title: A, match: &x '${S}:y'}\n  b: {title: B, match: *x}",
        {"S": "s3cret"},
    )

    assert len(problems) == 2
    assert "s3cret" not in "".join(problems)


FITTING = {
    "a disabled source at the address of another": f"sources: {{a: {{{FEED}}}, "
    f"b: {{{FEED}, enabled: false}}}}",
    "a name that one of two tags qualifies": TAG
    + "topics: {a: {title: A, match: about:mali}}",
    "exact names that differ": "tags: {a: {title: A, kind: place, names: {en: "
    "[{name: RASD, exact: true}]}}, b: {title: B, kind: place, names: {en: "
    "[{name: Rasd, exact: true}]}}}",
    "a name that counts near a tag": "tags: {a: {title: A, kind: place, names: {en: "
    "[Tripoli]}}, b: {title: B, kind: place, region: r, names: {en: [{name: Tripoli, "
    "near: region}, {name: Tripoli, near: [a]}]}}}",
    "one name in two languages": "tags: {a: {title: A, kind: place, names: {en: "
    "[Mali]}}, b: {title: B, kind: place, names: {fr: [Mali]}}}",
    "topics that name others": "topics: {a: {title: A, match: x}, "
    "b: {title: B, match: topic:a}, c: {title: C, match: topic:a topic:b}}",
    "a key called feed nowhere": f"sources: {{feed: {{{FEED}}}}}",
}


@pytest.mark.parametrize("text", FITTING.values(), ids=FITTING.keys())
def test_what_fits_is_loaded(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, text) == []


def test_without_a_file_the_shipped_default_is_loaded() -> None:
    loaded = load_settings(None, environ={"HOME": "/home/ada"})

    assert loaded.path is None
    assert loaded.files[-1] == CATALOGUE / "default.yaml"
    assert loaded.settings.storage.url == (
        "sqlite:////home/ada/.local/state/rekkas/rekkas.db"
    )


def test_the_named_file_comes_first(tmp_path: Path) -> None:
    write_configuration(tmp_path, "", mine="", theirs="")
    environ = {"REKKAS_CONFIG": "theirs.yaml"}

    by_option = find_configuration(Path("mine.yaml"), environ=environ, cwd=tmp_path)
    by_environment = find_configuration(None, environ=environ, cwd=tmp_path)

    assert by_option == tmp_path / "mine.yaml"
    assert by_environment == tmp_path / "theirs.yaml"


MISSING: dict[str, tuple[Path | None, Mapping[str, str], str]] = {
    "by the command line": (Path("x.yaml"), {}, "--config names this file"),
    "by the environment": (
        None,
        {"REKKAS_CONFIG": "x.yaml"},
        "REKKAS_CONFIG names this file",
    ),
}


@pytest.mark.parametrize(
    ("explicit", "environ", "words"), MISSING.values(), ids=MISSING.keys()
)
def test_a_named_file_that_does_not_exist_is_told(
    tmp_path: Path, explicit: Path | None, environ: Mapping[str, str], words: str
) -> None:
    write_configuration(tmp_path, "")

    with pytest.raises(ConfigError, match=words):
        find_configuration(explicit, environ=environ, cwd=tmp_path)


def test_a_file_in_the_folder_comes_before_the_user_s(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "REKKAS_CONFIG": ""}
    write_configuration(tmp_path, "", rekkas__rekkas="")
    elsewhere = tmp_path / "elsewhere"

    here = find_configuration(None, environ=environ, cwd=tmp_path)
    there = find_configuration(None, environ=environ, cwd=elsewhere)

    assert here == tmp_path / "rekkas.yaml"
    assert there == tmp_path / "rekkas" / "rekkas.yaml"


def test_where_there_is_no_file_none_is_found(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path)}

    assert find_configuration(None, environ=environ, cwd=tmp_path) is None


def test_twenty_thousand_sources_are_loaded_in_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(
        "sources:\n"
        + "".join(
            f"  paper-{n}: {{title: Paper {n}, url: 'https://paper-{n}.example/feed', "
            "language: fr, every: 30m}\n"
            for n in range(20_000)
        )
    )

    with measured() as cost:
        loaded = load_settings(path, environ={})

    assert len(loaded.settings.sources) == 20_000
    assert cost.seconds < 2
