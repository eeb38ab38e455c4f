"""What a reading process has ready before its first document, by being imported.

The statistics of languages take half a second and 90 MB to load. Loaded at their first
need, they would count as the time and the memory of the document that needs them.
"""

from __future__ import annotations

import ingest.read  # noqa: F401 - what reads documents, and all that it imports
from ingest.normalise.language_model import likeliest_language
from ingest.source import LANGUAGES_OF_THE_BEAT

likeliest_language("", LANGUAGES_OF_THE_BEAT)
