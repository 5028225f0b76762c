"""A port that something else uses is named, with what to do; and the address where it serves."""

import http.client
import re
import socket
from urllib.parse import urlsplit

import pytest

from program import run, serve, stop


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as one:
            one.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_port_that_is_taken_is_refused(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--data", tmp_path, "--port", port)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr and "--port" in done.stderr


@pytest.mark.skipif(not has_ipv6(), reason="This machine has no ::1.")
def test_an_ipv6_address_stands_in_brackets(tmp_path):
    server, address = serve("--data", tmp_path, "--host", "::1")
    try:
        assert re.fullmatch(r"http://\[::1\]:[0-9]+", address)
        there = urlsplit(address)
        connection = http.client.HTTPConnection(there.hostname, there.port, timeout=60)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        stop(server)
