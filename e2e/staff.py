"""The part that people sign in to: its server, its people and what they do often."""

import base64
import datetime
import os
import re
from urllib.parse import urlencode

from program import plumbline, serve, stop

PROVIDER = "training-service"
EDITION = "pdu-2023"
PUBLICATION = datetime.date(2028, 3, 16)
RETENTION = datetime.date(2031, 3, 31)
CASELOAD = ("caseload", "make", "--cases", 300, "--seed", 7, "--profile", "ndelius-2020")


def email(role):
    return f"{role}@example.org"


class Inspectorate:
    """The server of a demo, on a store of its own, with the browsers of those who signed in."""

    def __init__(self, folder, browser, database=None, serving=()):
        self.folder = folder
        self.store = ["--data", folder, *(["--database", database] if database else [])]
        self.browser = browser
        self.passwords = {}
        self._states = {}
        self._contexts = []
        if database:
            # Beside a server nothing makes it.
            key = base64.b64encode(os.urandom(32)).decode()
            (folder / "master.key").write_text(key, encoding="ascii")
        said = plumbline("demo", *self.store)
        self._password = re.search(r"shown only now: (\S+)", said).group(1)
        self._server, self.address = serve(*self.store, *serving)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for context in self._contexts:
            context.close()
        self.stop()

    def stop(self):
        stop(self._server)

    def start(self):
        """Starts it again after `stop` or `kill`, at the same address."""
        port = self.address.rsplit(":", 1)[1]
        self._server, self.address = serve(*self.store, "--port", port)

    @property
    def process(self):
        """The id of its process."""
        return self._server.pid

    def kill(self):
        self._server.kill()
        self._server.wait()

    def password(self, role):
        return self.passwords.get(role, self._password)

    def state(self, role):
        """The cookies of somebody who signed in earlier."""
        if role not in self._states:
            page = self.page()
            self.sign_in(page, role)
            self._states[role] = page.context.storage_state()
            page.context.close()
        return self._states[role]

    def forget(self, role):
        """After their sessions were ended."""
        self._states.pop(role, None)

    def context(self, role=None, **options):
        """A browser of somebody who signed in earlier; of a stranger unless said."""
        state = self.state(role) if role else None
        context = self.browser.new_context(
            base_url=self.address, storage_state=state, **options)
        self._contexts.append(context)
        return context

    def page(self, role=None, **options):
        return self.context(role, **options).new_page()

    def sign_in(self, page, role, password=None, wanted="/fieldwork"):
        page.goto(f"/sign-in?{urlencode({'next': wanted})}")
        type_in(page, email=email(role), password=password or self.password(role))
        page.click("main button")


def type_in(page, **fields):
    """Fills fields by their names."""
    for name, value in fields.items():
        page.fill(f"main [name='{name}']", str(value))


def type_day(page, name, day):
    for part in ("day", "month", "year"):
        page.fill(f"#{name}-{part}", str(getattr(day, part)))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def mistakes(page):
    """What the error summary says, with the field that each mistake leads to."""
    return {
        link.text_content(): link.get_attribute("href").removeprefix("#")
        for link in page.locator(".govuk-error-summary__list a").all()}


def cells(row):
    """What the cells of a table's row say."""
    return [" ".join(text.split()) for text in row.locator("th, td").all_text_contents()]


def form_token(request, path):
    """The token that the forms of this browser show."""
    body = request.get(path).text()
    return re.search(r'name="token" value="([0-9a-f]+)"', body).group(1)


def create_inspection(page, name, title, publication=PUBLICATION, retention=RETENTION):
    page.goto("/fieldwork/new")
    type_in(page, title=title, id=name, provider=PROVIDER)
    page.select_option("#edition", EDITION)
    type_day(page, "publication", publication)
    type_day(page, "retention", retention)
    press(page, "Create the inspection")


def upload_list(page, name, file, profile="ndelius-2020"):
    page.goto(f"/fieldwork/{name}/return")
    page.set_input_files("#list", file)
    page.select_option("#profile", profile)
    press(page, "Upload and check")


def add_member(lead, name, who, role, cleared=True, **more):
    lead.goto(f"/fieldwork/{name}/team")
    type_in(lead, email=email(who), **more)
    lead.get_by_label(role, exact=True).check()
    if cleared:
        lead.get_by_label("Cleared to see restricted cases").check()
    press(lead, "Save")


def draw_and_allot(lead, name, file, cases):
    """Freezes a list, draws the sample and gives the cases to those of the team who assess."""
    upload_list(lead, name, file)
    press(lead, "Freeze the frame")
    lead.goto(f"/fieldwork/{name}/sample")
    type_in(lead, seed="1 2 3", source="Dice", size=cases)
    press(lead, "Draw the sample")
    lead.goto(f"/fieldwork/{name}/allotment")
    press(lead, "Allot the rest evenly")


def plan_some(inspectorate, folder):
    """Inspections at stages before the training inspection's: new, with a messy list, frozen."""
    lead = inspectorate.page("lead", java_script_enabled=False)
    for name, more in (("messy-2028", ["--messy"]), ("frozen-2028", []), ("new-2028", None)):
        create_inspection(lead, name, f"The inspection {name}")
        if more is not None:
            file = folder / f"{name}.xlsx"
            plumbline(*CASELOAD, "--format", "xlsx", "--out", file, *more)
            upload_list(lead, name, file)
    lead.goto("/fieldwork/frozen-2028/return")
    press(lead, "Freeze the frame")
    lead.context.close()
