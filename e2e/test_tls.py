"""The server ends TLS itself."""

import ssl
import subprocess
import urllib.request

import pytest

from program import run
from staff import Inspectorate, press


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True)
    return folder / "certificate.pem", folder / "key.pem"


def test_pages_come_over_tls_and_cookies_stay_there(tmp_path, browser, certificate):
    chain, key = certificate
    with Inspectorate(
            tmp_path, browser, serving=["--certificate", chain, "--private-key", key]) as site:
        assert site.address.startswith("https://")
        trusting = ssl.create_default_context(cafile=chain)
        with urllib.request.urlopen(site.address + "/about", context=trusting) as answer:
            assert answer.status == 200

        page = site.page(ignore_https_errors=True)
        page.goto("/sign-in")
        before = page.context.cookies()
        site.sign_in(page, "lead")
        assert page.url == site.address + "/fieldwork"
        after = page.context.cookies()
        assert [one["name"] for one in before] == ["__Host-plumbline-visit"]
        assert [one["name"] for one in after] == ["__Host-plumbline-session"]
        for cookie in before + after:
            assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax"
            assert cookie["path"] == "/" and cookie["domain"] == "127.0.0.1"
        page.goto("/fieldwork/training/plan")
        assert page.locator("code.typed").text_content().startswith(site.address)
        press(page, "Sign out")
        assert page.context.cookies() == []


def test_a_certificate_and_a_key_belong_together(tmp_path, certificate):
    chain, key = certificate
    for wrong, what in [
        (["--certificate", chain], "go together"),
        (["--certificate", key, "--private-key", key], "holds no certificate"),
        (["--certificate", chain, "--private-key", chain], "holds no private key"),
    ]:
        done = run("serve", "--data", tmp_path, "--port", "0", *wrong)
        assert done.returncode != 0 and what in done.stderr
