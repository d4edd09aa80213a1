"""The sample site as people meet it: in Chromium, through nginx, with the headers that the site asks for."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.served.hosts import Hosts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PAGES = (
    "/",
    "/catalogue/",
    "/courses/",
    "/badges/",
    "/pathways/",
    "/skills/",
    "/issuers/",
    "/topics/",
    "/topics/food/",
    "/courses/food-safety-supervisor/",
    "/badges/food-safety-supervisor/",
    "/badges/food-safety-supervisor-2023/",
    "/pathways/data-ai-practitioner/",
    "/issuers/harbourside/",
    "/skills/control-food-hazards/",
    "/frameworks/harbourside-skills/",
    "/about-our-credentials/",
    "/nothing-here/",
)


@pytest.fixture(scope="module")
def browser(hosts: Hosts) -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is not installed"
    name = urlsplit(hosts.base_url).hostname
    rules = f"MAP {name} {hosts.address}, MAP * ~NOTFOUND"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[f"--host-resolver-rules={rules}", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


def address(hosts: Hosts, path: str) -> str:
    # Served without TLS here; everything else is as in production.
    return hosts.base_url.replace("https://", "http://") + path


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_on_every_width_with_no_fault_in_the_console(browser: Browser, hosts: Hosts, path: str) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.on("requestfailed", lambda request: told.append(f"failed: {request.url}"))
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(address(hosts, "")) else None)
    response = page.goto(address(hosts, path))
    assert response is not None
    missing = path == "/nothing-here/"
    assert response.status == (404 if missing else 200)
    assert [t for t in told if not (missing and "404" in t)] == []
    assert foreign == [], "a page asks nobody else for anything"
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for width in (1440, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, f"sideways scroll at {width} pixels"
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    broken = page.evaluate(
        "Promise.all([...document.images].map(i => i.decode().then(() => '', () => i.src)))"
        ".then(found => found.filter(Boolean))"
    )
    assert broken == []
    page.close()


def test_the_brand_font_and_stylesheets_arrive_under_the_strict_policy(browser: Browser, hosts: Hosts) -> None:
    page = browser.new_page()
    page.goto(address(hosts, "/"))
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some(f => f.status === 'loaded'))")
    assert page.evaluate("[...document.styleSheets].every(s => s.cssRules.length > 0)")
    page.close()


def test_everything_can_be_read_without_javascript(browser: Browser, hosts: Hosts) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(hosts, "/badges/food-safety-supervisor/"))
    assert page.locator("h1").inner_text() == "Food Safety Supervisor"
    assert page.get_by_text("Write a food safety plan for a real kitchen").first.is_visible()
    page.goto(address(hosts, "/"))
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.get_by_role("link", name="Courses").first.count() == 1
    context.close()


def test_the_keyboard_leads_from_the_start_to_enrolment(browser: Browser, hosts: Hosts) -> None:
    page = browser.new_page()
    page.goto(address(hosts, "/courses/food-safety-supervisor/"))
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert first is not None
    assert first.startswith("#"), "the first stop is the link that skips to the content"
    reached = []
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || ''"))
        visible = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
        )
        assert visible, f"no visible focus on {reached[-1]}"
        if "lms.harbourside.example" in reached[-1]:
            return
    pytest.fail(f"the enrol link was not reached: {reached}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_in_both_palettes(browser: Browser, hosts: Hosts, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    for path in (
        "/",
        "/badges/food-safety-supervisor/",
        "/courses/food-safety-supervisor/",
        "/pathways/data-ai-practitioner/",
    ):
        page.goto(address(hosts, path))
        assert page.evaluate(CONTRAST) == []
    context.close()


# WCAG 2.2, 1.4.3: measured on what the browser computed, through a canvas that turns any colour into sRGB.
# Text over pictures is left out, since its ground cannot be told from here.
CONTRAST = r"""
(() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const rgba = c => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = c; pen.fillRect(0, 0, 1, 1);
                      return [...pen.getImageData(0, 0, 1, 1).data]; };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const s = getComputedStyle(e);
    if (s.backgroundImage !== 'none') return null;
    const c = rgba(s.backgroundColor); if (c[3] > 250) return c; } return rgba('Canvas'); };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!node.data.trim() || !box.width || s.visibility === 'hidden' || box.right < 0) continue;
    const back = ground(e); if (!back) continue;
    const [a, b] = [light(rgba(s.color)), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05), size = parseFloat(s.fontSize);
    const need = size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5;
    const words = node.data.trim().slice(0, 30);
    if (ratio < need) weak.push(`${ratio.toFixed(2)} "${words}" in ${e.className || e.tagName}`);
  }
  return [...new Set(weak)];
})()
"""


def test_a_badge_prints_on_two_sheets_at_the_most(browser: Browser, hosts: Hosts) -> None:
    page = browser.new_page()
    page.goto(address(hosts, "/badges/food-safety-supervisor/"))
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 1 <= sheets <= 2
    page.close()


def test_a_page_in_forced_colours_keeps_its_words(browser: Browser, hosts: Hosts) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(address(hosts, "/pathways/data-ai-practitioner/"))
    assert page.locator("h1").is_visible()
    assert overflow(page) <= 0
    context.close()
