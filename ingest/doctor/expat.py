"""Which known faults the XML parser has that this Python brings along."""

from __future__ import annotations

import re

from ingest.doctor.finding import Finding, ok, warn

CHECK = "expat"

# The version that mends each; of one line each, the oldest first.
_MENDED = (
    ((2, 6, 0), ("CVE-2023-52425",)),
    ((2, 6, 2), ("CVE-2024-28757",)),
    ((2, 7, 0), ("CVE-2024-8176",)),
    ((2, 7, 2), ("CVE-2025-59375",)),
    ((2, 7, 4), ("CVE-2026-24515", "CVE-2026-25210")),
    ((2, 7, 5), ("CVE-2026-32776", "CVE-2026-32777", "CVE-2026-32778")),
    ((2, 8, 5), ("CVE-2026-93990",)),
)


def check_expat(version: str) -> Finding:
    """What is known of the parser whose `version` reads as pyexpat's `expat_2.5.0`."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version))
    name = "expat " + ".".join(map(str, numbers))
    faults = [fault for mended, names in _MENDED if numbers < mended for fault in names]
    if not faults:
        return ok(CHECK, f"{name} has no fault that is known to us")
    newest = ".".join(map(str, _MENDED[-1][0]))
    return warn(
        CHECK,
        f"{name} has known faults: {', '.join(faults)}",
        "Documents that declare entities are refused before they reach it, and it runs "
        f"within bounds of time and memory; a Python with expat {newest} or later "
        "mends them.",
    )
