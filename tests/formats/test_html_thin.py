"""Thin data: a page says nothing that nobody wrote."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.formats.captions import caption
from tests.formats.htmlsite import FULL, page, pages, site, tree, words
from tests.making import badge, course, pathway

COURSES = site({f"courses/{name}.md": course(name.title()) for name in ("ash", "beech", "cedar")}, topics=[])
SKILLS = (
    "name: Our skills\ndescription: What we teach.\nskills:\n  - {id: see, name: See}\n  - {id: hear, name: Hear}\n"
)


def main(text: str) -> str:
    return words(tree(text).find(".//main"))


def headings(text: str) -> list[str]:
    return [words(element) for element in tree(text).xpath("//main//*[self::h1 or self::h2 or self::h3]")]


def test_a_course_that_asks_for_nothing_says_nothing_of_it() -> None:
    text = page(COURSES, "course:ash")
    assert "To start" not in text
    assert "Who it is for" not in text
    assert not tree(text).xpath("//nav[@class='contents']")
    asking = page(site({"courses/a.md": course(entryRequirement="Year 10")}), "course:a")
    assert "To startYear 10" in main(asking)
    assert tree(asking).xpath("//nav[@class='contents']//a/@href") == ["#s-for"]


def test_a_course_without_dates_and_contact_says_once_that_it_has_none() -> None:
    text = page(COURSES, "course:ash")
    assert words(tree(text).xpath("//div[@class='next']")[0]) == "Next startNo date set"
    assert not tree(text).xpath("//*[@id='s-dates']")
    assert "Ask" not in main(text)


def test_a_course_without_dates_but_with_a_contact_leads_there() -> None:
    made = site({"courses/a.md": course(contact="{email: desk@academy.example}")})
    section = tree(page(made, "course:a")).xpath("//section[@id='s-dates']")[0]
    assert words(section.xpath(".//p")[0]) == "No dates are announced. Ask about this course"


def test_a_course_whose_dates_are_over_still_says_whom_to_ask() -> None:
    made = site({"courses/a.md": course(offerings="[{startDate: 2026-01-01}]")})
    assert tree(page(made, "course:a")).xpath("//div[@class='next']//a/@href") == ["mailto:badges@academy.example"]
    assert "No date set" in page(made, "courses")


def test_a_list_says_nothing_of_starts_where_courses_name_none() -> None:
    assert "No date set" not in page(COURSES, "courses")


STEPS = "- course: a\n- course: b"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, {"Stops": "2"}),
        ({"price": "20 AUD"}, {"Stops": "2", "Cost": "Not every stop says"}),
        ({"volumeOfLearning": "3 hours"}, {"Stops": "2", "Study time": "Not every stop says"}),
    ],
)
def test_a_pathway_tells_of_a_missing_sum_only_where_some_stop_says_its_part(
    fields: dict[str, str], said: dict[str, str]
) -> None:
    made = site({"courses/a.md": course(**fields), "courses/b.md": course("Bee"), "pathways/p.md": pathway(STEPS)})
    rows = tree(page(made, "pathway:p")).xpath("//dl[@class='sums']/div")
    assert {words(row.find("dt")): words(row.find("dd")) for row in rows} == said


@pytest.mark.parametrize(
    ("content", "button"),
    [
        ({"courses/a.md": course()}, ("See all courses", "/courses/")),
        ({"badges/a.md": badge()}, ("See all badges", "/badges/")),
        ({"courses/a.md": course(), "badges/a.md": badge()}, ("See all courses and badges", "/catalogue/")),
    ],
)
def test_the_home_page_leads_to_all_that_there_is(content: dict[str, str], button: tuple[str, str]) -> None:
    (link,) = tree(page(site(content), "home")).xpath("//div[@class='say']//a")
    assert (words(link), link.get("href")) == button


def test_nothing_is_counted_that_is_not_there() -> None:
    for subject in ("home", "issuers", "issuer:academy"):
        text = page(COURSES, subject)
        assert "0 badges" not in main(text)
        assert "/badges/" not in text
    assert words(tree(page(COURSES, "home")).xpath("//ul[@class='three']//p[@class='note']")[0]) == "3 courses"


def test_only_shapes_in_use_are_explained_and_none_for_one_badge() -> None:
    one = {"badges/a.md": badge()}
    assert "What the shapes mean" not in page(site(one), "home")
    two = {**one, "badges/b.md": badge("Bee", badgeKind="micro-credential", assessment="[{name: Quiz, passes: All}]")}
    uses = tree(page(site(two), "home")).xpath("//ul[@class='keys']//*[local-name()='use']/@href")
    assert uses == ["#s-hexagon", "#s-tag"]


def test_a_list_without_topics_has_no_heading_for_the_rest_and_no_column() -> None:
    text = page(COURSES, "courses")
    assert headings(text) == ["Courses", "Ash", "Beech", "Cedar"]
    assert not tree(text).xpath("//nav[@class='jump']")
    assert "3 in all" in main(text)
    both = page(site({"courses/a.md": course(), "badges/b.md": badge()}, topics=[]), "catalogue")
    assert headings(both) == ["Courses and badges", "A course", "Badges", "A badge"]


def test_skills_without_a_category_are_not_the_others_of_nothing() -> None:
    made = site({"frameworks/f.yaml": SKILLS})
    assert headings(page(made, "skills")) == ["Skills", "Our skills"]
    assert headings(page(made, "framework:f")) == ["Our skills"]
    mixed = site({"frameworks/f.yaml": f"{SKILLS}  - {{id: sing, name: Sing, category: Music}}\n"})
    assert headings(page(mixed, "skills")) == ["Skills", "Our skills", "Other skills", "Music"]
    assert headings(page(mixed, "framework:f")) == ["Our skills", "Other skills", "Music"]


def columns(text: str, table: str) -> list[str]:
    return [words(head) for head in tree(text).xpath(f"//table[contains(@class,'{table}')]//thead//th")]


def test_a_column_with_nothing_in_it_is_left_out() -> None:
    runs = "[{startDate: 2027-02-15}]"
    made = site({"courses/a.md": course(offerings=runs, skill="[see]"), "frameworks/f.yaml": SKILLS})
    assert columns(page(made, "course:a"), "dates") == ["Starts", "When and where", "Places", "Enrol"]
    assert columns(page(made, "home"), "departures") == ["Starts", "Course", "Where", "Places"]
    assert columns(page(made, "framework:f"), "heat") == ["Skill", "Badges", "Courses"]
    assert columns(page(made, "course:a"), "stack") == [
        "Starts",
        "When and where",
        "Places",
        "Enrol",
        "Skill",
        "Framework",
    ]
    full = site(FULL)
    assert "Price" in columns(page(full, "course:food-safety"), "dates")
    assert "Price" in columns(page(full, "home"), "departures")
    assert "Code" in columns(page(full, "framework:skills"), "heat")
    assert "Code" in columns(page(full, "badge:food-safety"), "stack")


def test_the_menu_and_footer_lead_to_no_empty_page() -> None:
    made = site({"courses/a.md": course()})
    links = set(tree(page(made, "home")).xpath("//header//a/@href | //footer//a/@href"))
    assert "/courses/" in links
    assert not links & {"/badges/", "/skills/", "/topics/", "/pathways/", "/catalogue/"}
    assert not made.urls["html", "topics", ""].listed
    filled = site({"courses/a.md": course(topic="food")})
    assert "/topics/" in tree(page(filled, "home")).xpath("//footer//a/@href")
    assert filled.urls["html", "topics", ""].listed


def test_a_badge_at_the_end_of_a_pathway_does_not_stack_towards_it() -> None:
    content = {
        "badges/a.md": badge(),
        "badges/b.md": badge("Bee"),
        "badges/c.md": badge("Cee"),
        "pathways/p.md": pathway("- badge: a\n- badge: c", destination="{badge: b}"),
    }
    made = site(content)
    root = tree(page(made, "badge:b"))
    assert not root.xpath("//*[@id='s-stacks']")
    end = root.xpath("//*[@id='s-ends']")[0]
    assert words(end).startswith("Ends the pathway A pathway")
    assert end.xpath(".//h3/a/@href") == ["/pathways/p/"]
    step = tree(page(made, "badge:a"))
    assert step.xpath("//*[@id='s-stacks']//h3/a/@href") == ["/pathways/p/"]
    assert not step.xpath("//*[@id='s-ends']")


@pytest.mark.parametrize(("written", "said"), [("es", "Spanish"), ("en", ""), ("en-GB", "")])
def test_a_course_names_its_language_where_it_is_not_that_of_the_site(written: str, said: str) -> None:
    made = site({"courses/a.md": course(inLanguage=written)})
    rows = {words(d.find("dt")): words(d.find("dd")) for d in tree(page(made, "course:a")).xpath("//aside//dl/div")}
    assert rows.get("Language", "") == said


def test_tags_stand_at_the_end_of_the_page_of_what_has_any() -> None:
    content = {
        "courses/a.md": course(tag="[Python, '<b>']"),
        "badges/b.md": badge(tag="[Data]"),
        "courses/c.md": course(),
    }
    made = site(content)
    assert tree(page(made, "course:a")).xpath("//main/div[contains(@class,'tags')]/ul/li/text()") == ["Python", "<b>"]
    assert tree(page(made, "badge:b")).xpath("//main/div[contains(@class,'tags')]/ul/li/text()") == ["Data"]
    assert 'class="wrap tags"' not in page(made, "course:c")


def test_nobody_is_sent_to_a_feed_without_news() -> None:
    content = {"courses/a.md": course(datePublished="2027-01-20")}
    quiet = site(content)
    assert all("feed.xml" not in text and "feed.json" not in text for text in pages(quiet).values())
    assert "follow the news" not in page(quiet, "badges")
    assert "/catalogue.json" in page(quiet, "home")
    later = site(content, today=date(2027, 1, 20))
    assert tree(page(later, "home")).xpath("//link[@type='application/atom+xml']/@href") == ["/feed.xml"]
    assert "follow the news" in page(later, "badges")


def test_the_words_for_badge_art_are_those_of_the_badge_files() -> None:
    made = site(FULL)
    record = made.catalogue.get("badge:food-safety")
    (alt,) = tree(page(made, "badge:food-safety")).xpath("//div[@class='bigplate']//img/@alt")
    assert alt == caption(record, made)


def test_the_data_of_a_run_names_the_row_that_stands_for_it() -> None:
    root = tree(page(site(FULL), "course:food-safety"))
    assert '"@id": "https://badges.academy.example/courses/food-safety/#s-run-feb"' in root.xpath("//script/text()")[0]
    assert root.xpath("//tr[@id='s-run-feb']")


def test_an_issuer_of_no_badges_says_nothing_of_badges() -> None:
    assert "badge" not in main(page(COURSES, "issuer:academy")).replace("badges.academy", "").replace("badges@", "")
    retired = page(site({"badges/a.md": badge(status="archived")}), "issuer:academy")
    assert tree(retired).xpath("//*[@id='s-check']")


def test_a_heading_promises_prices_only_where_there_are_some() -> None:
    said = {
        price: headings(
            page(site({"courses/a.md": course(offerings=f"[{{startDate: 2027-02-15{price}}}]")}), "course:a")
        )
        for price in ("", ", price: Free")
    }
    assert "Dates" in said[""]
    assert "Dates and prices" in said[", price: Free"]
