"""Starts the program on a folder of its own and a browser, once for all journeys."""

import pytest
from playwright.sync_api import sync_playwright

from device import ASSESSOR, Work
from program import CHROMIUM, STORES, database
from staff import Inspectorate, plan_some

pytest.register_assert_rewrite("wellmade")


def launch(playwright):
    return playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def inspectorate(tmp_path_factory, browser):
    """The training inspection and its people, for journeys that leave it as it is."""
    with Inspectorate(tmp_path_factory.mktemp("data"), browser) as inspectorate:
        yield inspectorate


@pytest.fixture(scope="session")
def working(tmp_path_factory, browser):
    """The training inspection, for journeys that answer cases; and the cases that are left."""
    with Inspectorate(tmp_path_factory.mktemp("work"), browser) as inspectorate:
        yield inspectorate, {}


@pytest.fixture
def at_work(request, working):
    """Cases of its own for a journey, of the assessor whom its file names."""
    inspectorate, cases = working
    work = Work(inspectorate, getattr(request.module, "ROLE", ASSESSOR), cases)
    yield work
    work.close()


@pytest.fixture(scope="session")
def site(inspectorate):
    return inspectorate.address


@pytest.fixture(scope="session")
def being_planned(inspectorate, tmp_path_factory):
    """The folder with the lists of inspections that are at earlier stages."""
    folder = tmp_path_factory.mktemp("lists")
    plan_some(inspectorate, folder)
    return folder


@pytest.fixture(params=STORES)
def inspectorate_on_each_store(request, tmp_path, browser):
    with database(request.param) as address, Inspectorate(tmp_path, browser, address) as place:
        yield place


@pytest.fixture
def at_work_on_each_store(inspectorate_on_each_store):
    work = Work(inspectorate_on_each_store, ASSESSOR, {})
    yield work
    work.close()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def plain_page(browser):
    """A page in a browser without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes minutes; run by ./task ci alone")
