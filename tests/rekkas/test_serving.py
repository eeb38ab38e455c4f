"""The sockets that readers are served at."""

from __future__ import annotations

import socket

from rekkas.serving import bind


def test_a_body_never_waits_until_its_head_was_acknowledged() -> None:
    with (
        bind("127.0.0.1:0") as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as connection,
    ):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
