"""The file with which a new operator begins."""

from __future__ import annotations

_STARTER = """\
# rekkas.yaml: which sources are polled, and which topic feeds are made of them.
# Every key has a default. `rekkas check` names file, line and key of each mistake,
# `rekkas schema` describes every key for your editor.

# Read before this file; what stands here counts over them, key by key.
include:
  - catalogue:maghreb  # sources of the Maghreb and the Sahel
  - catalogue:tags     # the names by which articles are tagged
  - catalogue:topics   # topics to subscribe to

server:
  listen: 127.0.0.1:8080
  # The address by which readers reach it, when that is another one:
  # base_url: https://news.example.org/

# fetch:
#   contact: ops@example.org  # tells publishers whom to write to

# publish:
#   authority: "news.example.org,2026"  # part of every item's id: set it once

# sources:
#   my-paper:
#     title: My Paper
#     url: https://paper.example/feed.xml
#     language: fr
#   yabiladi: {enabled: false}  # not polled, whatever the catalogue says

# topics:
#   gas-and-borders:
#     title: Gas and borders
#     match: about:energy AND (about:border OR "gas pipeline")
"""


def starter_configuration() -> str:
    """What `rekkas init` writes: the shipped catalogue, and examples to uncomment."""
    return _STARTER
