"""What goes over the wire beside the pages."""

import http.client
from urllib.parse import urlsplit

import pytest

from pages import MISTAKES, PAGES


def ask(site, path, method="GET", headers=None):
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize("path", [*PAGES.values(), *MISTAKES.values(), "/data/league.csv"])
def test_every_answer_carries_the_headers(site, path):
    answer, _ = ask(site, path)
    policy = answer.getheader("Content-Security-Policy")
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("X-Frame-Options") == "DENY"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert answer.getheader("Cross-Origin-Opener-Policy") == "same-origin"
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert answer.getheader("Permissions-Policy")
    assert "charset=utf-8" in answer.getheader("Content-Type")


def test_a_page_that_did_not_change_is_not_sent_again(site):
    first, _ = ask(site, "/about")
    second, body = ask(site, "/about", headers={"If-None-Match": first.getheader("ETag")})
    assert (second.status, body) == (304, b"")


def test_head_is_answered_without_a_body(site):
    answer, body = ask(site, "/about", "HEAD")
    assert (answer.status, body) == (200, b"")
    assert int(answer.getheader("Content-Length")) > 1000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(site, method):
    answer, _ = ask(site, "/about", method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


def test_a_slash_at_the_end_leads_to_the_address_without(site):
    answer, _ = ask(site, "/about/")
    assert (answer.status, answer.getheader("Location")) == (301, "/about")
    answer, _ = ask(site, "//example.org/")
    assert answer.getheader("Location") == "/example.org"


def test_style_sheets_may_be_kept_for_ever(site, page):
    page.goto(site + "/")
    sheets = page.evaluate(
        "() => [...document.querySelectorAll('link[rel=stylesheet]')].map(e => e.href)")
    assert len(sheets) == 2
    for sheet in sheets:
        answer, body = ask(site, urlsplit(sheet).path)
        assert answer.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert b"GDS Transport" not in body and b"@font-face" not in body
