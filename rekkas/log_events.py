"""Every event of the log and what it means: names that operators may rely on.

A test holds this table and the code equal; `docs/logs.md` is written from it.
"""

from __future__ import annotations

EVENTS = {
    "admin_not_served": "The operator's listener cannot be had; readers are served "
    "nevertheless.",
    "articles_not_pruned": "Articles could not leave, as the store is in trouble; "
    "it is tried again in an hour.",
    "articles_pruned": "Articles left that nobody keeps, or lost their text.",
    "candidate_read": "A source was read at another of its addresses, as its own does "
    "not answer.",
    "configuration_differs": "This worker's configuration is not the scheduler's; it "
    "leaves the polls to others, and looks again every ten seconds.",
    "configuration_loaded": "A changed configuration is in force; the keys say what "
    "came, changed and went.",
    "configuration_not_loaded": "The configuration has mistakes; the earlier one stays "
    "in force.",
    "configuration_unchanged": "The configuration was read anew and says the same.",
    "configuration_waits": "A changed configuration waits, as the store fails; it is "
    "tried again every few seconds.",
    "database_awaited": "The database cannot be reached or written; the service starts "
    "when it can be.",
    "database_found": "The database answers again; `lock_taken_again` tells whether "
    "the lock that keeps other services off had been lost.",
    "database_lost": "The database cannot be reached: polls wait until it can be, and "
    "what is rendered is served.",
    "dates_doubted": "Dates of entries were not believed; the reasons say why.",
    "delivery_not_signed": "Something was sent as if by a source's hub, without its "
    "signature, and passed over.",
    "delivery_taken": "The hub of a source brought news.",
    "entries_left_out": "Entries of a document could not be used; the reasons say why.",
    "examination_crashed": "rekkas failed while it examined a source: a bug, please "
    "report it.",
    "follower_given_up": "A subscriber or hub could not be told for too long, and is "
    "told no more.",
    "follower_not_told": "A subscriber or hub could not be told of a change; it is "
    "tried again.",
    "follower_told": "A subscriber or hub was told of a change.",
    "herald_crashed": "rekkas failed while it told subscribers: a bug, please report "
    "it.",
    "herald_waits": "Subscribers are told later, as the store is in trouble.",
    "hub_asked": "The hub of a source was asked for its news.",
    "hub_not_asked": "The hub of a source could not be asked; it is tried again.",
    "intent_confirmed": "A subscriber confirmed that it wants to subscribe, or to end "
    "it.",
    "intent_denied": "A subscription was refused, as there is no room for more.",
    "intent_not_confirmed": "A subscriber did not confirm what was asked in its name.",
    "intent_not_kept": "A subscription could not be kept, as the store is in trouble.",
    "leader_awaited": "This scheduler stands by: another leads, or the database is "
    "awaited.",
    "leader_began": "This scheduler leads: it offers due polls to the workers.",
    "lock_lost": "Another service took the database over while its server could not be "
    "reached; this one ends.",
    "message_not_carried": "A message to a hub, a subscriber or the webhook did not "
    "arrive.",
    "notice_failed": "The webhook did not take a message, and it was given up.",
    "pages_not_closed": "Pages of an archive could not be closed, as the store is in "
    "trouble; it is tried again.",
    "pages_not_used": "Pages of entries gave no text; the reasons say why.",
    "poll_crashed": "rekkas failed on what a source returned: a bug, please report it.",
    "poll_failed": "A source could not be read; it is asked again at `due_at`.",
    "poll_postponed": "A source was not asked, as its host is to be left alone.",
    "polls_awaited": "Nothing is polled yet, as the store is in trouble; what is "
    "stored is served, and polls begin as soon as they can.",
    "polls_not_offered": "Due polls could not be offered to workers; it is tried again "
    "at once.",
    "queue_awaited": "The queue of polls cannot be reached; it is tried again at once.",
    "record_failed": "What a source returned could not be kept; it is asked for again.",
    "restart_needed": "Changed keys keep their old values until the next start.",
    "served_last_rendering": "The store is in trouble, so that a document is served as "
    "it was.",
    "service_started": "The service runs; the keys say where.",
    "service_stopped": "The service has ended, and all is kept.",
    "source_health_changed": "A source fares otherwise than before its last poll.",
    "source_polled": "A source was polled; the keys say what it brought.",
    "source_woken": "The operator has woken a source; it is asked at once.",
    "spacing_not_shared": "A host was asked by this worker's own spacing, as that of "
    "all workers could not be read.",
    "subscription_confirmed": "The hub of a source promised to bring its news.",
    "subscription_denied": "The hub of a source refused to bring its news.",
    "subscription_ended": "A subscriber said that it is gone for good.",
    "subscription_not_kept": "What the hub of a source promised could not be kept, as "
    "the store is in trouble.",
    "subscriptions_expired": "Subscriptions ended that were not renewed.",
    "topics_decided": "A piece of the stored articles was decided by changed topics.",
    "topics_not_decided": "Stored articles could not be decided by changed topics; the "
    "next start goes on.",
    "window_missed": "No entry of the last poll is left, so that articles may have "
    "been lost; the source is polled sooner.",
    "woken_not_found": "Whether the operator has woken sources could not be read.",
    "worker_died": "A worker fell silent; its sources are offered to others.",
    "worker_outdated": "This worker is of another version than the scheduler, and "
    "ends.",
}
