"""What one check of a source comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    """How a check ended, the worst last."""

    OK = "ok"
    WARN = "warn"  # it can be lived with, and somebody could mend it
    FAIL = "fail"  # nothing comes of the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found; `advice` is for the operator, "" where nothing is to do."""

    check: str
    grade: Grade
    found: str
    advice: str = ""


def ok(check: str, found: str, advice: str = "") -> Finding:
    """A check that ended well."""
    return Finding(check=check, grade=Grade.OK, found=found, advice=advice)


def warn(check: str, found: str, advice: str) -> Finding:
    """A check that found what can be lived with."""
    return Finding(check=check, grade=Grade.WARN, found=found, advice=advice)


def fail(check: str, found: str, advice: str = "") -> Finding:
    """A check that found why nothing comes of the source."""
    return Finding(check=check, grade=Grade.FAIL, found=found, advice=advice)


def worst(findings: Iterable[Finding]) -> Grade:
    """The grade of all of them together; that of none is OK."""
    order = list(Grade)
    return max((each.grade for each in findings), key=order.index, default=Grade.OK)
