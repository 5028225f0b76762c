"""Signing in with another provider of sign-ins."""

import re
import socket
import subprocess

import pytest

from program import ASSETS, PROGRAM
from openid_provider import OpenIDProvider


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elsewhere")
    port = free_port()
    subprocess.run([PROGRAM, "demo", "--data", str(folder)], check=True, capture_output=True)
    secret = folder / "secret"
    with OpenIDProvider() as provider:
        secret.write_text(provider.client_secret + "\n")
        server = subprocess.Popen(
            [PROGRAM, "serve", "--data", str(folder), "--port", str(port), "--assets", ASSETS,
             "--oidc-issuer", provider.issuer, "--oidc-client", provider.client_id,
             "--oidc-secret-file", str(secret), "--oidc-title", "the inspectorate"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for line in server.stdout:
                if "Plumbline is ready" in line:
                    break
            site = f"http://127.0.0.1:{port}"
            provider.redirect_addresses.add(site + "/sign-in/elsewhere/return")
            yield site, provider
        finally:
            server.terminate()
            server.wait(timeout=10)


def leave(page, site):
    page.goto(site + "/fieldwork/training/plan")
    page.get_by_role("link", name="sign in with the inspectorate").click()


def test_somebody_signs_in_elsewhere_and_comes_back_to_where_they_were(plain_page, elsewhere):
    site, provider = elsewhere
    leave(plain_page, site)
    plain_page.get_by_role("button", name=re.compile("Sign in as lead@example.org")).click()
    assert plain_page.url == site + "/fieldwork/training/plan"
    assert plain_page.get_by_text("The lead inspector").is_visible()
    assert provider.refusals == []

    # Known by the provider's name for them from now on, whatever their address is.
    plain_page.get_by_role("button", name="Sign out").click()
    provider.email = "another@example.org"
    leave(plain_page, site)
    plain_page.get_by_role("button", name=re.compile("Sign in as")).click()
    assert plain_page.get_by_text("The lead inspector").is_visible()


@pytest.mark.parametrize("subject, email, verified", [
    ("person-2", "nobody@example.org", True), ("person-3", "quality@example.org", False)])
def test_who_has_no_account_here_is_told_so(plain_page, elsewhere, subject, email, verified):
    site, provider = elsewhere
    provider.subject, provider.email, provider.email_verified = subject, email, verified
    leave(plain_page, site)
    plain_page.get_by_role("button", name=re.compile("Sign in as")).click()
    assert plain_page.locator(".govuk-error-summary").get_by_text("you have no account").is_visible()
    plain_page.goto(site + "/fieldwork")
    assert "/sign-in" in plain_page.url


def test_an_answer_that_nobody_asked_for_signs_nobody_in(plain_page, elsewhere):
    site, _ = elsewhere
    plain_page.goto(site + "/sign-in/elsewhere/return?code=abc&state=def")
    assert plain_page.locator(".govuk-error-summary").get_by_text("try again").is_visible()
