"""Signing in and out: passwords, codes of a phone, sessions and where one is led."""

import base64
import hashlib
import hmac
import struct
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from staff import email, form_token, mistakes, press, type_in

WRONG = "not the password of anybody"
NEW = "three other random words"


def is_signed_in(page):
    return page.request.get("/account", max_redirects=0).status == 200


def code(key, at):
    """What an app shows, as in RFC 6238."""
    secret = base64.b32decode(key.replace(" ", ""))
    mac = hmac.digest(secret, struct.pack(">Q", int(at) // 30), hashlib.sha1)
    number = struct.unpack(">I", mac[mac[-1] & 15:][:4])[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06}"


class Stranger:
    """A browser in which nobody signed in, without its pages."""

    def __init__(self, inspectorate):
        self.request = inspectorate.context().request
        self.token = form_token(self.request, "/sign-in")

    def try_to_sign_in(self, address, password):
        answer = self.request.post(
            "/sign-in", max_redirects=0,
            form={"token": self.token, "email": address, "password": password})
        return answer.status, answer.text().replace(address, "")


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(inspectorate):
    page = inspectorate.page()
    inspectorate.sign_in(page, "nobody", WRONG)
    assert page.title() == "Error: Sign in - Plumbline"
    assert mistakes(page) == {"The e-mail address or the password is not right": "email"}
    assert page.input_value("#email") == email("nobody") and page.input_value("#password") == ""

    stranger = Stranger(inspectorate)
    known, unknown = (
        stranger.try_to_sign_in(email(role), WRONG) for role in ("quality", "nobody"))
    assert known == unknown and known[0] == 422


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(inspectorate):
    stranger = Stranger(inspectorate)
    for _ in range(5):
        assert "is not right" in stranger.try_to_sign_in(email("panel"), WRONG)[1]
    said = stranger.try_to_sign_in(email("panel"), inspectorate.password("panel"))
    assert "Too many wrong attempts: try again in" in said[1]


def test_wrong_passwords_are_counted_that_come_at_once(inspectorate):
    stranger = Stranger(inspectorate)
    cookies = stranger.request.storage_state()["cookies"]
    form = {"token": stranger.token, "email": email("assessor-3"), "password": WRONG}

    def fail(_):
        request = urllib.request.Request(
            inspectorate.address + "/sign-in", urlencode(form).encode(),
            {"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in cookies)})
        with pytest.raises(urllib.error.HTTPError, match="422"):
            urllib.request.urlopen(request, timeout=120)

    with ThreadPoolExecutor() as threads:
        list(threads.map(fail, range(6)))
    said = stranger.try_to_sign_in(email("assessor-3"), WRONG)
    assert "Too many wrong attempts: try again in" in said[1]


@pytest.fixture(scope="module")
def phone(inspectorate):
    """The key that the editor typed into an app, their recovery codes, and the code they showed."""
    page = inspectorate.page("editor")
    page.goto("/account/second-factor")
    type_in(page, code="000 000", present=inspectorate.password("editor"))
    key = page.locator("code.typed").text_content()
    press(page, "Set it up")
    assert mistakes(page) == {"The code is not the one that the app shows now": "code"}
    assert page.locator("code.typed").text_content() == key
    shown = code(key, time.time())
    type_in(page, code=shown, present=inspectorate.password("editor"))
    press(page, "Set it up")
    recovery = [one.text_content() for one in page.locator(".recovery code").all()]
    assert len(set(recovery)) == 10
    return key, recovery, shown


def sign_in_with(inspectorate, *codes):
    """Whether each code signs the editor in, in a browser where the password was right."""
    page = inspectorate.page()
    inspectorate.sign_in(page, "editor")
    assert page.locator("h1").text_content() == "Enter your code" and not is_signed_in(page)
    for one in codes:
        type_in(page, code=one)
        press(page, "Sign in")
        if not is_signed_in(page):
            assert "was used before" in list(mistakes(page))[0]
        yield is_signed_in(page)


def test_the_code_that_set_the_phone_up_does_not_sign_in(inspectorate, phone):
    assert list(sign_in_with(inspectorate, phone[2])) == [False]


def test_codes_of_the_phone_and_of_the_paper_sign_in_once(inspectorate, phone):
    key, recovery, _ = phone
    shown = code(key, time.time() + 30)
    assert list(sign_in_with(inspectorate, f"{shown[:3]} {shown[3:]}")) == [True]
    written = recovery[0].upper().replace("-", " ")
    assert list(sign_in_with(inspectorate, shown, written)) == [False, True]
    assert list(sign_in_with(inspectorate, recovery[0])) == [False]


def test_a_code_is_asked_for_only_after_a_password(inspectorate):
    page = inspectorate.page()
    page.goto("/sign-in/code")
    assert page.url.endswith("/sign-in")


def test_signing_out_everywhere_ends_the_session_of_another_browser(inspectorate):
    one, other = inspectorate.page(), inspectorate.page()
    for page in (one, other):
        inspectorate.sign_in(page, "auditor", wanted="/account")
        assert is_signed_in(page)
    press(other, "Sign out everywhere")
    assert not is_signed_in(one) and not is_signed_in(other)


def test_a_new_password_and_signing_out_end_the_session(inspectorate):
    page = inspectorate.page()
    inspectorate.sign_in(page, "officer", wanted="/account")
    type_in(page, present=WRONG, password="short")
    press(page, "Change the password")
    assert sorted(mistakes(page).values()) == ["password", "present"]
    cookies = page.context.cookies()
    type_in(page, present=inspectorate.password("officer"), password=NEW)
    press(page, "Change the password")
    inspectorate.passwords["officer"] = NEW
    page.context.add_cookies(cookies)
    assert not is_signed_in(page)

    inspectorate.sign_in(page, "officer")
    cookies = page.context.cookies()
    assert is_signed_in(page)
    press(page, "Sign out")
    page.context.add_cookies(cookies)
    assert not is_signed_in(page)


@pytest.mark.parametrize("wanted, led", [
    ("/account", "/account"),
    ("/fieldwork/training/plan", "/fieldwork/training/plan"),
    ("https://example.org/account", "/fieldwork"),
    ("//example.org/account", "/fieldwork"),
    ("/\\example.org/account", "/fieldwork"),
    ("/account\r\nSet-Cookie: x=y", "/fieldwork"),
    ("account", "/fieldwork"),
    ("javascript:alert(1)", "/fieldwork"),
    ("/sign-out", "/fieldwork"),
    ("/nowhere", "/fieldwork"),
])
def test_signing_in_leads_to_own_pages_alone(inspectorate, wanted, led):
    stranger, lead = Stranger(inspectorate), inspectorate.context("lead").request
    for shown in (
        stranger.request.get("/sign-in", params={"next": wanted}),
        stranger.request.post("/sign-in", form={"token": stranger.token, "next": wanted}),
    ):
        assert f'name="next" value="{led}"' in shown.text()
    answer = lead.get("/sign-in", params={"next": wanted}, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (303, led)


def test_who_signs_in_is_led_to_the_page_they_asked_for(inspectorate):
    page = inspectorate.page()
    page.goto("/fieldwork/training/team?member=nobody")
    assert page.input_value("[name=next]") == "/fieldwork/training/team?member=nobody"


def test_cookies_are_kept_from_scripts_and_other_sites(inspectorate):
    page = inspectorate.page()
    page.goto("/sign-in")
    before = {one["name"]: one for one in page.context.cookies()}
    assert set(before) == {"plumbline-visit"}
    after = {one["name"]: one for one in inspectorate.context("lead").cookies()}
    assert set(after) == {"plumbline-session"}
    for cookie in (*before.values(), *after.values()):
        assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and cookie["path"] == "/"
        assert cookie["expires"] == -1
    assert page.evaluate("document.cookie") == ""
