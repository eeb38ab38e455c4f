"""How a hub makes sure that a subscriber means what it asked (WebSub, 5.2 and 5.3)."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

from publish.websub.courier import Reply
from publish.websub.intent import Intent, Mode


def verification_url(intent: Intent, challenge: str) -> str:
    """Where the subscriber is asked whether it means this."""
    questions = {
        "hub.mode": intent.mode.value,
        "hub.topic": intent.topic,
        "hub.challenge": challenge,
    }
    if intent.mode is Mode.SUBSCRIBE:
        questions["hub.lease_seconds"] = str(int(intent.lease.total_seconds()))
    return _with_query(intent.callback, questions)


def is_confirmed(reply: Reply | None, challenge: str) -> bool:
    """Whether that was a yes: a status of success, and the challenge, exactly."""
    if reply is None or not reply.is_success:
        return False
    return hmac.compare_digest(reply.body, challenge.encode())


def denial_url(callback: str, topic: str, reason: str) -> str:
    """Where a subscriber is told that it will hear no more of a topic."""
    return _with_query(
        callback, {"hub.mode": "denied", "hub.topic": topic, "hub.reason": reason}
    )


def _with_query(callback: str, questions: dict[str, str]) -> str:
    """The callback with its own query kept, and ours after it (WebSub, 5.1.1)."""
    joint = "&" if "?" in callback else "?"
    return f"{callback}{joint}{urlencode(questions)}"
