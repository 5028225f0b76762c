"""An OpenID Connect provider for journeys: one button signs in whom the journey names.

    with OpenIDProvider() as provider:
        provider.redirect_addresses.add(site + "/sign-in/back")
        provider.email = "lead@example.org"
        ...  # start the site with provider.issuer, provider.client_id and provider.client_secret

It checks what it is sent as a strict provider does: the address to come back to, PKCE with S256,
codes that work once, and the client's secret. What it refuses stands in `refusals`.
"""

import base64
import hashlib
import hmac
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

# Seconds.
CODE_LASTS = 60
TOKEN_LASTS = 300

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The other provider</title></head>
<body><main><h1>The other provider</h1>
<form method="post" action="/authorize"><input type="hidden" name="request" value="{request}">
<button>Sign in as {email}</button></form></main></body></html>
"""


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Refusal(Exception):
    """A request that a provider must not grant: the error's name, and why."""


class OpenIDProvider:
    """Runs in a thread of its own on 127.0.0.1, on a port that the system chooses.

    Journeys change `email`, `email_verified` and `subject`, and `claims`, whose members replace
    those of the token; one that is None is left out. A client whose `client_secret` is None is
    public.
    """

    def __init__(self, client_id="plumbline", client_secret="the client's secret"):
        self.client_id = client_id
        self.client_secret = client_secret
        self.redirect_addresses = set()
        self.email = "lead@example.org"
        self.email_verified = True
        self.subject = "person-1"
        self.claims = {}
        self.refusals = []
        self._requests = {}
        self._codes = {}
        self._lock = threading.Lock()
        self.renew_keys()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def renew_keys(self):
        """Signs with a new key from now on, and publishes it alone."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = secrets.token_hex(4)

    # What is asked for.

    def configuration(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
            "jwks_uri": self.issuer + "/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        }

    def keys(self):
        numbers = self._key.public_key().public_numbers()

        def text(number):
            return base64url(number.to_bytes((number.bit_length() + 7) // 8, "big"))

        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self._key_id}
        return {"keys": [{**key, "n": text(numbers.n), "e": text(numbers.e)}]}

    def ask(self, fields):
        """The page with the button, for a request that may be granted."""
        wanted = {"client_id": self.client_id, "response_type": "code",
                  "code_challenge_method": "S256"}
        for name, value in wanted.items():
            if fields.get(name) != value:
                raise Refusal("invalid_request", f"{name} is {fields.get(name)}")
        if fields.get("redirect_uri") not in self.redirect_addresses:
            raise Refusal("invalid_request", "redirect_uri was not agreed on")
        if "openid" not in fields.get("scope", "").split():
            raise Refusal("invalid_scope", "scope lacks openid")
        if len(fields.get("code_challenge", "")) != 43:
            raise Refusal("invalid_request", "code_challenge is no digest")
        for name in ("state", "nonce"):
            if len(fields.get(name, "")) < 27:
                raise Refusal("invalid_request", f"{name} can be guessed")
        request = secrets.token_urlsafe()
        with self._lock:
            self._requests[request] = fields
        return PAGE.format(request=html.escape(request), email=html.escape(self.email))

    def grant(self, fields):
        """Where the browser goes once the button was pressed."""
        with self._lock:
            request = self._requests.pop(fields.get("request"), None)
        if request is None:
            raise Refusal("invalid_request", "this page was not asked for, or was used")
        code = secrets.token_urlsafe()
        with self._lock:
            self._codes[code] = (request, time.monotonic() + CODE_LASTS)
        back = request["redirect_uri"]
        query = urlencode({"code": code, "state": request["state"]})
        return back + ("&" if "?" in back else "?") + query

    def exchange(self, fields, authorization):
        """The answer with the token."""
        if not self._is_known(fields, authorization):
            raise Refusal("invalid_client", "the client is not known, or not by this secret")
        # A code is gone once it was shown, rightly or not.
        with self._lock:
            request, end = self._codes.pop(fields.get("code"), (None, 0))
        digest = base64url(hashlib.sha256(fields.get("code_verifier", "").encode()).digest())
        if fields.get("grant_type") != "authorization_code":
            raise Refusal("unsupported_grant_type", "grant_type is another")
        if request is None or time.monotonic() > end:
            raise Refusal("invalid_grant", "the code is not known, or was used")
        if fields.get("redirect_uri") != request["redirect_uri"]:
            raise Refusal("invalid_grant", "redirect_uri is another")
        if not hmac.compare_digest(digest, request["code_challenge"]):
            raise Refusal("invalid_grant", "code_verifier is another")
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer",
                "expires_in": TOKEN_LASTS, "id_token": self._token(request["nonce"])}

    def _is_known(self, fields, authorization):
        if self.client_secret is None:
            return authorization is None and fields.get("client_id") == self.client_id
        kind, _, pair = (authorization or "").partition(" ")
        try:
            name, _, secret = base64.b64decode(pair, validate=True).decode().partition(":")
        except ValueError:
            return False
        shown = f"{unquote_plus(name)}:{unquote_plus(secret)}"
        known = f"{self.client_id}:{self.client_secret}"
        return kind == "Basic" and hmac.compare_digest(shown.encode(), known.encode())

    def _token(self, nonce):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": self.client_id, "nonce": nonce,
            "iat": now, "exp": now + TOKEN_LASTS, "email": self.email,
            "email_verified": self.email_verified, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "typ": "JWT", "kid": self._key_id}
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{base64url(signature)}"

    # What goes over the wire.

    def _handler(provider):
        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self):
                path = urlsplit(self.path).path
                if path == "/.well-known/openid-configuration":
                    self.answer_json(provider.configuration())
                elif path == "/keys":
                    self.answer_json(provider.keys())
                elif path == "/authorize":
                    self.attempt(lambda: self.answer(
                        200, "text/html; charset=utf-8",
                        provider.ask(fields(urlsplit(self.path).query))))
                else:
                    self.send_error(404)

            def do_POST(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(min(length, 100_000)).decode(errors="replace")
                if self.path == "/authorize":
                    self.attempt(lambda: self.answer(
                        303, "text/plain", "", Location=provider.grant(fields(body))))
                elif self.path == "/token":
                    self.attempt(lambda: self.answer_json(
                        provider.exchange(fields(body), self.headers.get("Authorization"))))
                else:
                    self.send_error(404)

            def attempt(self, grant):
                try:
                    grant()
                except Refusal as refusal:
                    error, why = refusal.args
                    provider.refusals.append(why)
                    status = 401 if error == "invalid_client" else 400
                    self.answer_json({"error": error, "error_description": why}, status)

            def answer_json(self, value, status=200):
                self.answer(status, "application/json", json.dumps(value))

            def answer(self, status, kind, text, **headers):
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Cache-Control", "no-store")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                """Says nothing: codes would stand there."""

        return Handler


def fields(text):
    """Names and values; a name that comes twice is refused."""
    found = parse_qs(text, keep_blank_values=True)
    for name, values in found.items():
        if len(values) > 1:
            raise Refusal("invalid_request", f"{name} comes twice")
    return {name: values[0] for name, values in found.items()}
