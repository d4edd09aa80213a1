from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise

import pytest

from sitegen.core.check import check_site
from sitegen.core.output import Output
from sitegen.formats import html
from tests.formats.htmlsite import FULL, page, pages, rendered, site, tree, words
from tests.making import badge, course, pathway

WHOLE = site()
PAGES = pages(WHOLE)
EXSLT = {"re": "http://exslt.org/regular-expressions"}


@pytest.mark.parametrize("subject", PAGES)
def test_headings_begin_with_one_h1_and_skip_no_level(subject: str) -> None:
    levels = [
        int(element.tag[1])
        for element in tree(PAGES[subject]).xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("subject", PAGES)
def test_nothing_of_a_page_runs_or_is_styled_within_it(subject: str) -> None:
    root = tree(PAGES[subject])
    assert not root.xpath("//style | //@style | //@*[starts-with(name(), 'on')]")
    assert {element.get("type") for element in root.xpath("//script")} <= {"application/ld+json"}


@pytest.mark.parametrize("subject", PAGES)
def test_every_page_has_its_landmarks_a_way_past_the_menu_and_no_id_twice(subject: str) -> None:
    root = tree(PAGES[subject])
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [len(root.xpath(f"//{mark}")) for mark in ("header[@class='mast']", "main", "footer")] == [1, 1, 1]
    assert root.xpath("//body/a[1]/@href") == ["#s-main"]
    assert "s-main" in ids
    assert (root.get("lang"), root.get("dir")) == ("en-AU", "ltr")
    for picture in root.xpath("//img"):
        assert picture.get("alt") is not None
        assert picture.get("width") and picture.get("height")
    for form in root.xpath("//form | //input | //select"):
        pytest.fail(f"a control that does nothing: {form.tag}")


@pytest.mark.parametrize("subject", PAGES)
def test_tables_say_what_their_heads_are_for(subject: str) -> None:
    for head in tree(PAGES[subject]).xpath("//th"):
        assert head.get("scope") in ("row", "col"), words(head)


def test_no_link_of_the_pages_is_dead_and_no_asset_is_missing() -> None:
    outputs = [
        Output(route, html.FORMAT.render(route, WHOLE)[0]) for route in WHOLE.urls.values() if route.format == "html"
    ]
    assert check_site(WHOLE, outputs) == []


def test_titles_and_descriptions_tell_pages_apart() -> None:
    titles = [tree(text).findtext(".//title") for subject, text in PAGES.items() if subject != "badge:food-safety-1"]
    assert len(titles) == len(set(titles))
    assert all(tree(text).xpath("//meta[@name='description']/@content")[0] for text in PAGES.values())


def test_data_blocks_are_json_and_name_what_the_page_is_about() -> None:
    blocks = [json.loads(b) for b in tree(PAGES["badge:food-safety"]).xpath("//script/text()")]
    assert [b["@type"] for b in blocks] == ["EducationalOccupationalCredential", "BreadcrumbList"]
    assert blocks[0]["name"] == "Food Safety"
    assert [json.loads(b)["@type"] for b in tree(PAGES["home"]).xpath("//script/text()")] == ["WebSite"]


def test_a_badge_page_answers_six_questions_and_says_who_answers_each() -> None:
    rows = tree(PAGES["badge:food-safety"]).xpath("//dl[contains(@class,'six')]/div")
    asked = {row.get("class"): (words(row.find("dt")), words(row.find("dd"))) for row in rows}
    assert list(asked) == ["represents", "earned", "issuer", "evidence", "validity", "holder"]
    assert asked["represents"] == ("Stands for Stated here", "Shows that a test passed.")
    assert asked["earned"] == ("Earned by Stated here", "Write a plan")
    assert asked["issuer"] == ("Issued by Here and in each badge", "Example Academy")
    assert asked["validity"][1].startswith("5 years from the day of issue")
    assert asked["holder"][0] == "Held by In each badge"


def test_a_badge_page_gives_its_permanent_addresses_as_text() -> None:
    shown = [words(e) for e in tree(PAGES["badge:food-safety"]).xpath("//dd[@class='url']")]
    start = "https://badges.academy.example/badges/food-safety/"
    assert shown[:4] == [f"{start}{end}" for end in ("badge.json", "achievement.json", "", "image.png")]


def test_a_rubric_names_the_level_that_passes_in_words_and_not_by_colour_alone() -> None:
    head = tree(PAGES["badge:food-safety"]).xpath("//table[contains(@class,'rub')]//th[@class='pass']")[0]
    assert words(head) == "Pass (passes)"


def test_a_page_names_its_other_forms_its_address_and_a_preview_in_png() -> None:
    root = tree(PAGES["badge:food-safety"])
    forms = {e.get("href"): e.get("type") for e in root.xpath("//link[@rel='alternate']")}
    assert forms["/badges/food-safety/achievement.json"] == "application/ld+json"
    assert forms["/badges/food-safety/badge.json"] == "application/ld+json"
    assert forms["/feed.xml"] == "application/atom+xml"
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://badges.academy.example/badges/food-safety/"]
    assert root.xpath("//meta[@property='og:image']/@content") == [
        "https://badges.academy.example/badges/food-safety/image.png"
    ]
    assert not tree(PAGES["issuer:academy"]).xpath("//meta[@property='og:image']")


def test_a_retired_badge_says_so_leads_to_the_newer_one_and_asks_not_to_be_listed() -> None:
    root = tree(PAGES["badge:food-safety-1"])
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
    notice = root.xpath("//*[@role='note']")[0]
    assert words(notice).startswith("Replaced by a newer edition.")
    assert notice.xpath(".//a/@href") == ["/badges/food-safety/"]
    assert "/badges/food-safety-1/" not in PAGES["badges"]
    assert not WHOLE.urls["html", "badge:food-safety-1", ""].listed


def test_an_edition_counts_from_the_first_one() -> None:
    assert "since 2023" in words(tree(PAGES["badge:food-safety"]).xpath("//*[@class='real']")[0])


def test_a_preview_site_asks_search_engines_to_stay_away_from_every_page() -> None:
    for text in pages(site(robots="false")).values():
        assert '<meta name="robots" content="noindex">' in text


def test_what_an_author_writes_cannot_leave_its_place() -> None:
    name = "'</script><img src=x onerror=alert(1)> & \"b\"'"
    made = site(
        {"badges/a.md": badge(name, description=name).replace("Take part", "<script>alert(1)</script>Take part")}
    )
    for subject in ("badge:a", "badges", "home", "issuer:academy"):
        root = tree(page(made, subject))
        assert not root.xpath("//img[@src='x'] | //script[not(@type)]"), subject
    blocks = tree(page(made, "badge:a")).xpath("//script[@type]/text()")
    assert json.loads(blocks[0])["name"] == name.strip("'")


def test_a_heading_of_an_author_never_takes_an_id_of_the_theme() -> None:
    text = badge().replace("Take part in the whole day.", "# s-main\n\n# Check\n\n# s-check\n")
    ids = tree(page(site({"badges/a.md": text}), "badge:a")).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_record_in_another_language_says_so_where_its_words_stand() -> None:
    root = tree(page(site({"badges/a.md": badge("Kjøkkenhygiene", inLanguage="nb")}), "badge:a"))
    assert (root.get("lang"), root.xpath("//h1/@lang")) == ("en-AU", ["nb"])


def test_a_site_in_a_language_that_runs_to_the_left_runs_to_the_left() -> None:
    made = site(language="ar")
    root = tree(page(made, "pathway:kitchen"))
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.xpath("//div[@class='map']//*[local-name()='g'][@transform]")


def test_links_begin_with_the_base_path_of_the_site() -> None:
    made = site(base_url="https://academy.example/catalogue")
    for text in pages(made).values():
        for address in tree(text).xpath("//a/@href | //link/@href | //img/@src"):
            assert re.match(r"/catalogue/|https?://|mailto:|tel:|#", address), address


def test_a_site_that_makes_only_pages_has_no_dead_links_and_shows_letters_for_pictures() -> None:
    made = site(formats=(html.FORMAT,))
    root = tree(page(made, "badge:food-safety"))
    assert not root.xpath("//img | //link[@rel='alternate']")
    assert root.xpath("//*[@class='letters']/text()")[0] == "FS"
    outputs = [Output(route, html.FORMAT.render(route, made)[0]) for route in made.urls.values()]
    assert check_site(made, outputs) == []


EMPTY = site({}, topics=[])


@pytest.mark.parametrize(
    "subject", [s for s in pages(EMPTY) if s not in ("not-found", "issuer:academy", "issuers", "home")]
)
def test_an_empty_list_says_what_to_do_next(subject: str) -> None:
    assert tree(page(EMPTY, subject)).xpath("//*[contains(@class,'empty')]//a/@href")


def test_an_empty_list_is_not_offered_in_the_menu_or_to_search_engines() -> None:
    assert tree(page(EMPTY, "home")).xpath("//nav[@id='s-menu']") == []
    listed = {route.subject for route in EMPTY.urls.values() if route.format == "html" and route.listed}
    assert listed == {"home", "issuers", "issuer:academy"}


def test_a_topic_with_nothing_on_it_leads_on() -> None:
    made = site({}, topics=[{"id": "food", "name": "Food", "hue": 50}, {"id": "art", "name": "Art", "hue": 200}])
    root = tree(page(made, "topic:food"))
    assert words(root.xpath("//*[contains(@class,'empty')]")[0]).startswith("Nothing on this topic yet.")
    assert root.xpath("//nav[contains(@class,'others')]//a/@href") == ["/topics/art/"]


def test_records_without_a_topic_come_last_in_the_catalogue() -> None:
    groups = tree(PAGES["catalogue"]).xpath("//section[contains(@class,'group')]/@id")
    assert groups == ["s-food", "s-other"]
    assert [words(e) for e in tree(PAGES["catalogue"]).xpath("//nav[@class='jump']//a")] == ["FFood 2", "Other 2"]


def test_the_same_site_makes_the_same_pages() -> None:
    assert pages(site()) == PAGES


def test_addresses_follow_the_table_and_only_pages_worth_finding_are_listed() -> None:
    table = {route.subject: route.url for route in WHOLE.urls.values() if route.format == "html"}
    assert table["home"] == "/"
    assert table["not-found"] == "/404.html"
    assert table["topic:food"] == "/topics/food/"
    assert table["skill:control-hazards"] == "/skills/control-hazards/"
    assert table["framework:skills"] == "/frameworks/skills/"
    assert table["page:about"] == "/about/"
    assert re.fullmatch(r"/assets/[0-9a-f]{12}/topics\.css", table["topics-css"])
    assert not WHOLE.urls["html", "not-found", ""].listed


def test_a_page_of_text_lists_its_headings() -> None:
    assert tree(PAGES["page:about"]).xpath("//nav[@class='toc']//a/@href") == ["#one", "#two", "#three"]


def test_the_current_section_is_marked_in_the_menu() -> None:
    current = tree(PAGES["badge:food-safety"]).xpath("//nav[@id='s-menu']//a[@aria-current]")
    assert [(words(a), a.get("aria-current")) for a in current] == [("Badges", "true")]
    assert tree(PAGES["badges"]).xpath("//nav[@id='s-menu']//a/@aria-current") == ["page"]


def run(**fields: str) -> str:
    return "[{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}]"


@pytest.mark.parametrize(
    ("offering", "said"),
    [
        (run(startDate="2027-02-15", enrolUrl="https://lms.example/1"), "Mon 15 Feb 2027 Enrol for 15 Feb"),
        (
            run(startDate="2027-02-15", enrolUrl="https://lms.example/1", enrolmentEnd="2027-01-09"),
            "Ask about this course",
        ),
        (run(startDate="2027-02-15", status="full"), "Next start No date set"),
        (run(startDate="2027-02-15", status="cancelled"), "Next start No date set"),
        (run(startDate="2026-12-01", endDate="2026-12-02"), "Next start No date set"),
        (run(enrolUrl="https://lms.example/1"), "Starts Any time Enrol"),
    ],
)
def test_the_rail_of_a_course_says_what_can_be_done_today(offering: str, said: str) -> None:
    made = site({"courses/a.md": course(offerings=offering)})
    assert said in " ".join(words(e) for e in tree(page(made, "course:a")).xpath("//div[@class='next']//p")), offering


@pytest.mark.parametrize(
    ("offering", "cells"),
    [
        (run(startDate="2027-02-15", placesLeft="6", capacity="16"), ["6 of 16", ""]),
        (run(startDate="2027-02-15", placesLeft="0", capacity="16", status="full"), ["Full", ""]),
        (run(startDate="2027-02-15", status="cancelled"), ["Cancelled", ""]),
        (
            run(startDate="2027-02-15", enrolUrl="https://a.example/", enrolmentStart="2027-02-01"),
            ["Open", "Enrol from 1 Feb"],
        ),
        (
            run(startDate="2027-02-15", enrolUrl="https://a.example/", enrolmentEnd="2027-01-01"),
            ["Open", "Enrolment has closed"],
        ),
    ],
)
def test_the_table_of_dates_says_how_each_run_stands(offering: str, cells: list[str]) -> None:
    made = site({"courses/a.md": course(offerings=offering)})
    shown = [words(e) for e in tree(page(made, "course:a")).xpath("//table[contains(@class,'dates')]//tbody//td")]
    assert [shown[1], shown[2]] == cells


def test_runs_that_are_over_are_left_out_and_those_in_another_zone_name_it() -> None:
    offerings = (
        "[{startDate: 2026-02-01}, {startDate: 2027-03-01 18:00, timezone: Europe/Oslo}, {startDate: 2027-02-01}]"
    )
    made = site({"courses/a.md": course(offerings=offerings)})
    times = [words(e) for e in tree(page(made, "course:a")).xpath("//table[contains(@class,'dates')]//tbody//time")]
    assert times == ["Mon 1 Feb 2027", "Mon 1 Mar 2027, 6 pm (Oslo time)"]


def test_a_course_without_dates_says_whom_to_ask() -> None:
    made = site({"courses/a.md": course(contact="{email: desk@academy.example}")})
    section = tree(page(made, "course:a")).xpath("//section[@id='s-dates']")[0]
    assert section.xpath(".//a/@href") == ["mailto:desk@academy.example"]


def test_the_home_page_counts_what_starts_soon_and_what_is_free() -> None:
    offerings = (
        "[{startDate: 2027-02-15, price: Free}, {startDate: 2027-03-15, price: 20 AUD}, {startDate: 2028-03-15}]"
    )
    made = site({"courses/a.md": course(offerings=offerings), "badges/a.md": badge()})
    shown = words(tree(page(made, "home")).xpath("//div[@class='say']/p")[0])
    assert shown == "1 course and 1 badge. 2 starts before 10 May. 1 is free or subsidised."


def test_the_day_of_the_build_decides_what_the_board_shows() -> None:
    content = {"courses/a.md": course(offerings="[{startDate: 2027-02-15}]")}
    assert tree(page(site(content, today=date(2027, 2, 15)), "home")).xpath("//table[@class='departures']")
    assert not tree(page(site(content, today=date(2027, 2, 16)), "home")).xpath("//table[@class='departures']")


def test_the_wall_shows_every_topic_before_it_repeats_one_and_is_never_ragged() -> None:
    topics = [{"id": t, "name": t.title(), "hue": 10 * i} for i, t in enumerate(("art", "bread", "coast"))]
    content = {f"badges/b{i}.md": badge(f"Badge {i}", topic=("art", "bread", "coast")[i % 3]) for i in range(8)}
    plates = tree(page(site(content, topics=topics), "home")).xpath("//ul[contains(@class,'wall')]//a/@class")
    assert [css.split()[1] for css in plates] == ["t-art", "t-bread", "t-coast"] * 2


def test_a_pathway_says_how_many_to_choose_what_is_optional_and_what_is_from_elsewhere() -> None:
    stops = tree(PAGES["pathway:kitchen"]).xpath("//ol[@class='stops']/li")
    assert [stop.get("class") for stop in stops] == [
        "stop ",
        "stop choice",
        "stop optional",
        "stop milestone",
        "stop end",
    ]
    assert words(stops[1].find("h2")) == "Any 1 of 2"
    assert words(stops[2].xpath(".//*[@class='flags']")[0]) == "Optional"
    assert "Any trainer" in words(stops[2])
    assert words(stops[3].xpath(".//*[@class='flags']")[0]) == "Milestone"
    assert words(stops[3]).endswith("After Taking part")


def test_the_drawing_of_a_pathway_repeats_the_list_and_is_hidden_from_screen_readers() -> None:
    root = tree(PAGES["pathway:kitchen"])
    drawing = root.xpath("//div[@class='map']")[0]
    assert drawing.get("aria-hidden") == "true"
    listed = words(root.xpath("//ol[@class='stops']")[0])
    labels = [" ".join(label.xpath("./*/text()")) for label in drawing.xpath(".//*[local-name()='text']")]
    stations = ["Taking part", "Food Safety", "Food safety course", "Any 1 of 2", "First aid", "The last one"]
    assert labels == [*stations, "Food Safety", "Badge"]
    assert all(label in listed for label in stations)


def test_a_pathway_too_long_to_draw_has_its_list_alone() -> None:
    badges = {f"badges/b{i}.md": badge(f"Badge {i}") for i in range(12)}
    steps = "\n".join(f"- {{badge: b{i}}}" for i in range(12))
    root = tree(page(site({**badges, "pathways/p.md": pathway(steps)}), "pathway:p"))
    assert not root.xpath("//div[@class='map']")
    assert len(root.xpath("//ol[@class='stops']/li")) == 12


def test_a_long_line_is_shortened_around_where_one_is() -> None:
    badges = {f"badges/b{i}.md": badge(f"Badge {i}") for i in range(9)}
    steps = "\n".join(f"- {{badge: b{i}}}" for i in range(9))
    made = site({**badges, "pathways/p.md": pathway(steps)})
    shown = [words(e) for e in tree(page(made, "badge:b4")).xpath("//ol[@class='route']/li")]
    assert shown == ["3 more stops", "Badge 3", "This badge Badge 4", "Badge 5", "3 more stops", "A pathway"]


def test_a_framework_counts_what_certifies_and_teaches_each_skill() -> None:
    rows = tree(PAGES["framework:skills"]).xpath("//table[contains(@class,'heat')]//tbody/tr")
    assert [[words(cell) for cell in row.xpath("./td")] for row in rows] == [["S-1", "1", "1"], ["", "0", "0"]]
    assert rows[1].find("th").get("class") == "d1"


def test_a_skill_that_nothing_certifies_leads_to_the_badges() -> None:
    root = tree(PAGES["skill:keep-cool"])
    assert "No badge certifies this skill yet." in words(root.find(".//main"))
    assert root.xpath("//a[text()='See all badges']/@href") == ["/badges/"]


def test_an_engagement_badge_has_its_page_but_stands_in_no_list() -> None:
    made = site({"badges/fun.md": badge("Fun", badgeKind="engagement"), "badges/b.md": badge()})
    assert words(tree(page(made, "badge:fun")).find(".//h1")) == "Fun"
    assert "/badges/fun/" not in page(made, "badges") + page(made, "home") + page(made, "issuer:academy")


@pytest.mark.parametrize("length", [80, 400])
def test_a_very_long_name_is_written_out_in_full(length: int) -> None:
    name = ("Supervising " * (length // 12)).strip()
    made = site(
        {"badges/a.md": badge(name), "badges/b.md": badge(), "pathways/p.md": pathway("- badge: a\n- badge: b")}
    )
    assert words(tree(page(made, "badge:a")).find(".//h1")) == name
    assert name in words(tree(page(made, "pathway:p")).xpath("//ol[@class='stops']")[0])


def test_a_page_without_faults_tells_of_none() -> None:
    assert [rendered(WHOLE, subject)[1] for subject in PAGES] == [[] for _ in PAGES]


def test_the_sample_has_something_of_every_kind() -> None:
    assert {key.split(":")[0] for key in PAGES if ":" in key} == {
        "topic", "badge", "course", "pathway", "issuer", "skill", "framework", "page",
    }  # fmt: skip
    assert {path.split("/")[0] for path in FULL} == {"badges", "courses", "pathways", "frameworks", "pages"}


def test_a_word_too_long_for_the_drawing_is_cut_there_and_whole_in_the_list() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänspatent"
    badges = {f"badges/b{i}.md": badge(f"{long} {i}") for i in range(6)}
    steps = "\n".join(f"- {{badge: b{i}}}" for i in range(6))
    root = tree(page(site({**badges, "pathways/p.md": pathway(steps)}), "pathway:p"))
    drawn = root.xpath("//*[local-name()='text']/*/text()")
    assert max(len(line) for line in drawn) < 30
    assert words(root.xpath("//ol[@class='stops']/li[1]//h2")[0]) == f"{long} 0"
