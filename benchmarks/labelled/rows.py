"""The rows of the labelled data, which come as gzipped JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def load_rows(path: Path) -> list[dict[str, Any]]:
    """The rows in the order of the file, none where it is absent."""
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
