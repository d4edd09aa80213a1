"""The preview in Chromium: pages keep themselves up to date, and faults are shown over them and go away again.

The site's own strict policy is in force, so that a script or a style that it would refuse fails here.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.served.previews import PATIENCE, SMALL, Running, preview
from tests.served.test_browser import CHROMIUM, CONTRAST

ABOUT = "content/pages/about.md"
OPEN_DAY = "content/badges/open-day.md"
WRONG = "---\nname: About\ndescripton: What this is.\n---\nText.\n"
HARMLESS = ("404", "Transition was")
"""In what the browser says when a page is not there, and when it leaves out a movement between two pages."""

THEME = {
    "themes/own/theme.yaml": "extends: default\nstylesheets: [css/site.css, css/own.css]\n",
    "themes/own/static/css/own.css": "h1 { color: rgb(1, 2, 3) }\n",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is not installed"
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-background-networking"])
        yield chromium
        chromium.close()


def small(folder: Path, **more: str) -> None:
    """A small site, with no more formats than a browser shows: its builds take a moment."""
    shutil.copytree(SMALL, folder / "site")
    with (folder / "site/sitegen.yaml").open("a") as settings:
        settings.writelines(f"{name}: {value}\n" for name, value in {"formats": "[html, files]", **more}.items())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("preview")
    small(folder)
    with preview(folder) as found:
        yield found


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """A page that complains of nothing: neither a script that failed nor a policy that was broken."""
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    context.set_default_timeout(PATIENCE * 1000)
    told: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda problem: told.append(str(problem)))
    before = {file: file.read_bytes() for file in running.site.glob("content/**/*.md")}
    yield opened
    context.close()
    restore(running, before)
    assert [line for line in told if not any(word in line for word in HARMLESS)] == []


def restore(running: Running, before: dict[Path, bytes]) -> None:
    """Bring the sources back, and wait for a build that began after that."""
    for file in set(running.site.glob("content/**/*.md")) - before.keys():
        file.unlink()
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    sign = running.site / "static" / f"{time.monotonic_ns()}.txt"
    sign.parent.mkdir(exist_ok=True)
    sign.write_text("x")
    running.until(lambda: running.get(f"/{sign.name}")[0] == 200)


def mark(page: Page) -> None:
    """Mark the window: a page that loads itself again loses the mark."""
    page.evaluate("window.marked = true")


def marked(page: Page) -> bool:
    return page.evaluate("window.marked === true") is True


def holds(page: Page, condition: str) -> bool:
    """Say whether something is so in the page. Playwright's own waiting needs what the policy forbids."""
    try:
        return page.evaluate(condition) is True
    except Error:  # the page is being loaded again
        return False


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_an_edit_shows_and_the_place_on_the_page_is_kept(page: Page, running: Running) -> None:
    file = running.site / ABOUT
    file.write_text(file.read_text() + "\nLine.\n" * 200)
    running.until(lambda: running.get("/about/")[2].count(b"Line.") == 200)
    page.goto(f"{running.url}/about/")
    page.evaluate("window.scrollTo(0, 1234)")
    mark(page)
    replace(file, "This is a test.", "This was edited.")
    expect(page.get_by_text("This was edited.")).to_have_count(1)
    assert not marked(page)
    running.until(lambda: holds(page, "Math.abs(window.scrollY - 1234) < 5"))


def test_a_page_that_did_not_change_stays_as_it_is(page: Page, running: Running, browser: Browser) -> None:
    page.goto(f"{running.url}/issuers/academy/")
    other = browser.new_page()
    other.goto(f"{running.url}/about/")
    mark(page)
    replace(running.site / ABOUT, "This is a test.", "Elsewhere.")
    expect(other.get_by_text("Elsewhere.")).to_have_count(1)
    other.close()
    assert marked(page)


def test_faults_show_over_the_last_good_page_and_clear_themselves(page: Page, running: Running) -> None:
    file = running.site / ABOUT
    good = file.read_text()
    page.goto(f"{running.url}/about/")
    mark(page)
    file.write_text(WRONG)
    replace(running.site / OPEN_DAY, "issuer: academy", "issuer: acadmy")
    dialog = page.get_by_role("alertdialog", name="2 errors")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("The page below is the last good one.")
    fault = dialog.get_by_role("listitem").filter(has_text="descripton")
    expect(fault.get_by_role("heading")).to_have_text("Error unknown field 'descripton'")
    expect(fault).to_contain_text("content/pages/about.md, line 3, column 1")
    expect(fault.locator("mark")).to_have_text("descripton")
    expect(fault.locator(".at")).to_have_text("3descripton: What this is.")
    expect(fault).to_contain_text("How to mend it: did you mean 'description'?")
    expect(dialog).to_contain_text("there is no issuer 'acadmy'")
    expect(page.get_by_text("This is a test.")).to_have_count(1)
    replace(running.site / OPEN_DAY, "issuer: acadmy", "issuer: academy")
    expect(page.get_by_role("alertdialog", name="1 error")).to_be_visible()
    file.write_text(good)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("#sitegen-preview .chip")).to_be_hidden()
    assert marked(page), "the page was good all the time"


def test_escape_puts_faults_aside_and_they_can_be_had_again(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/about/")
    (running.site / ABOUT).write_text(WRONG)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Skills").first.click()
    page.wait_for_url("**/skills/")
    again = page.get_by_role("button", name="1 error")
    expect(again).to_be_visible()
    expect(dialog).to_be_hidden()
    again.click()
    expect(dialog).to_be_visible()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('#sitegen-preview')).display") == "none"
    page.emulate_media(media="screen")
    replace(running.site / ABOUT, "descripton", "nam")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="unknown field 'nam'")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_faults_are_legible_on_every_width(page: Page, running: Running, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    (running.site / ABOUT).write_text(WRONG + "x" * 3000 + "\n" + '\n<script>alert("a")</script>\n')
    page.goto(f"{running.url}/about/")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    shadow = CONTRAST.replace("document.body", "document.querySelector('#sitegen-preview').shadowRoot")
    assert page.evaluate(shadow) == []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 700})
        box = page.get_by_role("alertdialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 700
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_stylesheet_is_changed_under_the_page(browser: Browser, tmp_path: Path) -> None:
    small(tmp_path, theme="own")
    site = tmp_path / "site"
    for name, text in THEME.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    with preview(tmp_path) as running:
        page = browser.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"{running.url}/about/")
        colour = "getComputedStyle(document.querySelector('h1')).color"
        assert page.evaluate(colour) == "rgb(1, 2, 3)"
        mark(page)
        for shade in (4, 5):
            (site / "themes/own/static/css/own.css").write_text(f"h1 {{ color: rgb(1, 2, {shade}) }}\n")
            running.until(lambda wanted=f"{colour} === 'rgb(1, 2, {shade})'": holds(page, wanted))
        assert marked(page)
        # What is loaded later is looked for where it is now.
        icon = "document.querySelector('link[rel=icon]').getAttribute('href')"
        running.until(lambda: running.get(page.evaluate(icon))[0] == 200)
        running.until(lambda: holds(page, "document.querySelectorAll('link[data-sitegen-old]').length === 0"))
        assert page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 4
        replace(site / ABOUT, "This is a test.", "And text.")
        expect(page.get_by_text("And text.")).to_have_count(1)
        assert told == []
        page.close()


def test_a_page_is_renamed_deleted_and_brought_back(page: Page, running: Running) -> None:
    file = running.site / ABOUT
    page.goto(f"{running.url}/about/")
    other = file.with_name("moved.md")
    file.rename(other)
    expect(page.get_by_text("This is a test.")).to_have_count(0)
    assert running.get("/about/")[0] == 404
    running.until(lambda: running.get("/moved/")[0] == 200)
    other.unlink()
    running.until(lambda: running.get("/moved/")[0] == 404)
    file.write_text("---\nname: About\ndescription: What this is.\n---\nIt is back.\n")
    expect(page.get_by_text("It is back.")).to_have_count(1)


def test_a_folder_of_sources_is_deleted_and_restored(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/about/")
    content, aside = running.site / "content", running.site.parent / "aside"
    shutil.copytree(content, aside)
    shutil.rmtree(content)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    shutil.copytree(aside, content)
    shutil.rmtree(aside)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    replace(running.site / ABOUT, "This is a test.", "Watched again.")
    expect(page.get_by_text("Watched again.")).to_have_count(1)


def test_settings_break_and_are_mended(page: Page, running: Running) -> None:
    settings = running.site / "sitegen.yaml"
    good = settings.read_text()
    page.goto(f"{running.url}/")
    settings.write_text(good + "nmae: x\n")
    expect(page.get_by_role("alertdialog")).to_contain_text("sitegen.yaml, line")
    settings.write_text("\tname")
    expect(page.get_by_role("alertdialog")).to_contain_text("sitegen.yaml, line 1")
    settings.write_text(good)
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def in_one_file(site: Path, number: int) -> None:
    (site / ABOUT).write_text(f"---\nname: About\ndescription: What this is.\n---\nSave {number}.\n")


def in_many_files(site: Path, number: int) -> None:
    name = "about" if number == 999 else f"burst-{number % 40}"
    (site / f"content/pages/{name}.md").write_text(f"---\nname: {name}\ndescription: D.\n---\nSave {number}.\n")


@pytest.mark.parametrize("save", [in_one_file, in_many_files])
def test_a_thousand_saves_are_one_or_two_builds(
    page: Page, running: Running, save: Callable[[Path, int], None]
) -> None:
    page.goto(f"{running.url}/about/")
    before = running.builds
    for number in range(1000):
        save(running.site, number)
    expect(page.get_by_text("Save 999.")).to_have_count(1)
    # Two where the machine keeps up; it may stall in the middle of a thousand saves, and then it is a third.
    assert 1 <= running.builds - before <= 3


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload"])
def test_a_page_elsewhere_cannot_read_the_preview(browser: Browser, running: Running, path: str) -> None:
    """A browser really sends these headers: a page of another origin, and a name that was rebound to us."""
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://evil.example/**", lambda route: route.fulfill(body="<title>Evil</title>", content_type="text/html")
    )
    page.goto("http://evil.example/")
    read = "url => fetch(url).then(answer => answer.text(), () => 'refused')"
    assert page.evaluate(read, running.url + path) == "refused"
    opened = (
        "url => new Promise(done => { const s = new WebSocket(url);"
        " s.onopen = () => done('open'); s.onerror = () => done('refused') })"
    )
    assert page.evaluate(opened, running.url.replace("http", "ws") + "/livereload") == "refused"
    context.close()
    assert running.get(path, host=f"evil.example:{running.port}")[0] == 403
