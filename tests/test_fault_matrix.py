"""Every fault and bad input that the project holds itself to, and what proves its outcome.

The numbers are those of the list in the issue tracker, so that the two can be held against each other; a number that
is not here is not given there. An outcome is the node id of a test, the title of a case in ``tests/cases/broken``
after ``broken:``, or the reason for which it is ``not here:``.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HERE = "tests/test_faults.py::"
BROKEN, NOT_HERE = "broken: ", "not here: "
NO_LEDGER = NOT_HERE + "there is no list of promised addresses yet; with one, a lost address will be an error"
NO_TABLES = NOT_HERE + "records come from Markdown and YAML alone; no table is read or written"
NO_SEARCH = NOT_HERE + "there is no search yet"
NO_DEPLOY = NOT_HERE + "publishing ends with a folder; sending it to a host is left to the host's own tool"
NO_BAKING = NOT_HERE + "no award is baked into an image; one that holds an award is refused (row 61)"

ROWS: list[tuple[int, str, list[str]]] = [
    (1, "a site with settings and nothing else", [HERE + "test_a_site_of_settings_alone_is_built"]),
    (2, "settings missing, a folder, empty, a list", [
        BROKEN + "no settings", BROKEN + "settings that are a list",
        "tests/shell/test_read.py::test_a_config_that_is_a_folder_is_told", HERE + "test_empty_settings_are_told",
    ]),
    (3, "a misspelt setting", [BROKEN + "a misspelt setting"]),
    (4, "a key given twice, in a group too", [
        BROKEN + "a key written twice", BROKEN + "a key written twice inside a group",
    ]),
    (5, "words that YAML 1.1 takes for something else", [BROKEN + "Norway and versions and times are text"]),
    (6, "days that do not exist, or in another order", [
        BROKEN + "a day that does not exist", BROKEN + "a date in the order of another country",
    ]),
    (7, "a time near midnight or where clocks change", [
        "tests/shell/test_clock.py::test_the_day_is_that_of_the_time_zone",
        "tests/formats/test_schemaorg.py::test_a_time_has_the_offset_that_its_zone_has_on_that_day",
        "tests/formats/test_schemaorg.py::test_a_time_without_a_zone_of_its_own_is_in_the_site_s_zone",
    ]),
    (8, "tabs, and colons without quotes", [
        BROKEN + "a tab as indentation", BROKEN + "a colon in a value without quotes",
    ]),
    (9, "byte order mark and every kind of line end", [
        BROKEN + "a byte order mark and Windows line ends are no fault",
        "tests/core/test_parse.py::test_line_ends_and_byte_order_mark_change_nothing",
    ]),
    (10, "other encodings, wrong bytes, NUL", [
        BROKEN + "a file in UTF-16", BROKEN + "a file in the encoding of an old Windows",
        BROKEN + "a control character",
        "tests/core/test_parse.py::test_any_bytes_give_a_document_or_an_error_within_the_file",
    ]),
    (11, "half of a character in an escape", [BROKEN + "half a character"]),
    (13, "front matter that is open, a list, in TOML or not there", [
        BROKEN + "front matter that is never closed", BROKEN + "front matter in TOML",
        BROKEN + "front matter that is a list", BROKEN + "no front matter at all",
    ]),
    (14, "bombs of aliases and merges", [
        BROKEN + "a bomb of aliases",
        "tests/core/test_parse.py::test_what_is_made_to_exhaust_a_reader_ends_fast_with_an_error",
    ]),
    (16, "a hundred thousand brackets", [
        "tests/core/test_parse.py::test_100_000_brackets_on_a_line_are_too_long_for_a_line",
        "tests/core/test_parse.py::test_the_first_level_too_many_is_pointed_at_whatever_limit_libyaml_has_itself",
    ]),
    (17, "tags that would run code, and unknown ones", [
        BROKEN + "a tag that would run Python", BROKEN + "a tag of somebody's own",
    ]),
    (18, "files, lines and values beyond reason", [
        "tests/shell/test_read.py::test_a_very_large_file_is_refused_without_being_read",
        "tests/core/test_parse.py::test_sizes_up_to_the_limit_are_read",
    ]),
    (19, "an empty file", [BROKEN + "an empty file"]),
    (20, "fields missing, wrong, too many: all told at once", [
        BROKEN + "a missing field", BROKEN + "a word that is nearly one of the choices",
        BROKEN + "negative and endless numbers", BROKEN + "many faults in many files are all told",
        "tests/core/test_validate.py::test_all_faults_of_a_file_are_told_in_one_run",
    ]),
    (21, "two things at one address", [
        BROKEN + "two files with one id", BROKEN + "a page that would take the place of a listing",
        "tests/core/test_plan.py::test_two_things_at_one_address_are_an_error_that_names_both",
    ]),
    (22, "a former address that is a page's, another's or a file's", [
        NOT_HERE + "records cannot name former addresses yet; every address there is goes through one table (row 21)",
    ]),
    (23, "redirects in a circle, to nothing, to a script", [
        NOT_HERE + "no redirects are published yet; the preview server's own are tested in tests/shell",
    ]),
    (24, "names that differ in case only", [BROKEN + "static files whose names differ in case only"]),
    (25, "accents in two spellings", [BROKEN + "static files whose accents are written in two ways"]),
    (26, "names that Windows keeps for itself", [
        BROKEN + "a name that Windows keeps for itself",
        "tests/core/test_plan.py::test_names_that_windows_cannot_hold_are_errors",
    ]),
    (27, "names that lead out, or that no address can have", [
        "tests/core/test_plan.py::test_names_that_no_address_can_have_are_errors",
        "tests/shell/test_stage.py::test_a_name_that_leads_out_is_refused",
        BROKEN + "a file name that cannot be an address",
    ]),
    (28, "a name of more than 255 bytes", ["tests/core/test_plan.py::test_a_name_of_more_than_255_bytes_is_an_error"]),
    (29, "a page with a name that is taken", [BROKEN + "a page that would take the place of a listing"]),
    (31, "links, pipes and devices among the sources", [
        "tests/shell/test_read.py::test_links_that_stay_inside_are_followed_and_others_refused",
        "tests/shell/test_read.py::test_a_pipe_is_refused_and_never_waited_for",
        "tests/shell/test_walk.py::test_a_link_that_loops_ends",
    ]),
    (32, "a source swapped for a link after it was looked at", [
        HERE + "test_a_source_that_is_swapped_for_a_link_is_not_followed",
        HERE + "test_a_source_that_changes_meanwhile_is_the_old_one_the_new_one_or_told",
    ]),
    (33, "a template that reaches out of the theme", [HERE + "test_a_template_gets_at_nothing_that_is_not_its_own"]),
    (34, "an output folder in which a build could do harm", [
        "tests/shell/test_publish.py::test_folders_in_which_a_build_could_do_harm_are_refused",
        "tests/shell/test_publish.py::test_the_home_folder_and_other_repositories_are_refused",
    ]),
    (35, "an output that is a file, a mount or another disk", [
        "tests/shell/test_publish.py::test_an_output_that_is_a_file_is_refused",
        "tests/shell/test_stage.py::test_an_output_that_is_a_mount_is_told_plainly",
        "tests/shell/test_stage.py::test_files_that_cannot_have_two_names_are_copied",
    ]),
    (36, "a published file with a second name elsewhere", [
        HERE + "test_a_second_name_that_somebody_gave_a_published_file_keeps_the_old_content",
    ]),
    (37, "a disk that is full or fails", [
        "tests/shell/test_publish_faults.py::test_a_disk_that_fails_at_any_call_leaves_the_old_site_and_says_so",
        HERE + "test_where_nothing_can_be_kept_the_site_is_built_all_the_same",
        HERE + "test_where_no_disk_has_any_room_that_is_told",
    ]),
    (38, "a kill or a power cut at any step", [
        "tests/shell/test_publish_faults.py::test_killed_at_any_call_the_old_site_or_the_new_one_stands",
        "tests/test_kill_matrix.py::test_killed_at_any_call_readers_see_one_build_and_the_next_build_is_clean",
        "tests/test_incremental.py::test_workers_end_with_a_build_that_is_killed",
    ]),
    (39, "two builds at once, and a lock left behind", [
        "tests/shell/test_publish.py::test_a_second_build_does_not_write_while_the_first_does",
        "tests/shell/test_cache.py::test_a_second_build_at_the_same_time_goes_without",
        "tests/shell/test_stage.py::test_a_worker_that_outlives_a_killed_build_does_not_keep_its_lock",
    ]),
    (41, "a cache that is cut short, damaged or of another edition", [
        "tests/shell/test_log.py::test_a_file_with_any_bit_changed_has_the_pieces_before_it",
        "tests/shell/test_library.py::test_a_cache_cut_short_anywhere_gives_the_same_records",
        "tests/shell/test_memory.py::test_a_memory_with_a_bit_changed_is_none",
        "tests/shell/test_edition.py::test_an_edition_changes_with_the_interpreter_and_with_sitegen_itself",
        "tests/test_incremental.py::TestLives",
    ]),
    (42, "times of files that mislead", [
        HERE + "test_times_of_files_do_not_decide",
        "tests/shell/test_walk.py::test_a_mark_changes_when_the_times_are_set_back",
        "tests/shell/test_library.py::test_a_file_changed_just_before_is_read_again_but_not_loaded",
    ]),
    (44, "another hash seed, time zone, language, umask, folder, order on disk, number of workers", [
        "tests/test_build.py::test_the_same_content_gives_the_same_bytes",
        "tests/test_build.py::test_the_order_on_disk_and_the_times_of_files_do_not_show",
        HERE + "test_the_order_in_which_a_disk_lists_names_does_not_show",
    ]),
    (45, "any change, and a build on top of the last one", [
        "tests/test_incremental.py::TestLives",
        "tests/test_incremental.py::test_a_name_that_every_page_shows_is_followed_there_and_back",
    ]),
    (46, "a record that is deleted", ["tests/test_build.py::test_a_deleted_record_leaves_the_output"]),
    (47, "a promised address that is lost", [NO_LEDGER]),
    (48, "names that would end a script, a comment or a title", [
        "tests/formats/test_html.py::test_what_an_author_writes_cannot_leave_its_place",
        "tests/formats/test_jsonld.py::test_what_could_begin_an_entity_is_written_as_an_escape",
        "tests/formats/test_feeds.py::test_any_text_survives_the_way_into_a_feed_and_out",
    ]),
    (49, "Markdown that would run something", [
        "tests/core/test_markup.py::test_a_text_becomes_this_html_and_its_author_is_told_this",
        "tests/core/test_markup.py::test_nothing_that_could_run_is_left_of_any_text",
        "tests/formats/test_html.py::test_a_heading_of_an_author_never_takes_an_id_of_the_theme",
    ]),
    (50, "HTML that changes when a browser reads it", [
        "tests/core/test_markup.py::test_what_is_hostile_is_published_by_no_browser",
    ]),
    (51, "headings alike, empty, or with an id of the theme's", [
        "tests/formats/test_html.py::test_every_page_has_its_landmarks_a_way_past_the_menu_and_no_id_twice",
        "tests/formats/test_html.py::test_a_heading_of_an_author_never_takes_an_id_of_the_theme",
    ]),
    (52, "links to other sites", [
        "tests/core/test_markup.py::test_a_link_to_another_site_gives_it_no_hold_on_this_one",
    ]),
    (54, "Markdown nested or long beyond reason", [
        "tests/core/test_markup.py::test_what_would_take_a_converter_minutes_is_refused_at_once",
    ]),
    (55, "code in a language that nobody knows, or that chokes a highlighter", [
        "tests/core/test_markup.py::test_code_that_a_highlighter_would_chew_on_is_shown_without_colours",
        "tests/core/test_markup.py::test_fenced_code_takes_a_language_and_nothing_else",
    ]),
    (56, "templates that do not parse, name what is not there, or include themselves", [
        BROKEN + "a template that does not parse", BROKEN + "a template with a mistake in it",
        "tests/formats/test_html_unused.py::test_a_template_that_extends_itself_is_told_once_and_how_to_mean_the_one_below",
        HERE + "test_a_template_gets_at_nothing_that_is_not_its_own",
    ]),
    (57, "templates that would leave the sandbox", [HERE + "test_a_template_gets_at_nothing_that_is_not_its_own"]),
    (58, "braces in Markdown", [BROKEN + "braces in Markdown stay as they are"]),
    (59, "drawings that run, load or nest", [
        BROKEN + "a drawing with a script in it", BROKEN + "a drawing that reads a file",
        "tests/core/test_images.py::test_an_svg_that_could_run_a_program_is_refused",
        "tests/core/test_images.py::test_an_svg_that_no_page_should_carry_is_refused",
    ]),
    (60, "awards baked into drawings", [NO_BAKING]),
    (61, "pictures that are damaged, huge, animated or misnamed", [
        BROKEN + "a PNG that is cut off", BROKEN + "a JPEG that is called a PNG",
        "tests/core/test_images.py::test_no_single_changed_byte_of_a_png_goes_unnoticed",
        "tests/core/test_images.py::test_an_image_of_more_than_ten_thousand_pixels_is_refused",
        "tests/core/test_images.py::test_an_image_that_holds_an_award_is_refused",
        "tests/core/test_images.py::test_an_animated_png_is_a_warning",
    ]),
    (62, "pictures that are missing, unnamed, or in another case", [
        BROKEN + "a badge image that is not there", BROKEN + "an image whose name differs in case",
        BROKEN + "an image without a caption",
    ]),
    (63, "awards baked into PNG", [NO_BAKING]),
    (64, "tables as CSV", [NO_TABLES]),
    (65, "tables as spreadsheets", [NO_TABLES]),
    (66, "links within the site that lead nowhere", [
        BROKEN + "a dead link in Markdown", BROKEN + "a link in the wrong case", BROKEN + "a link to a draft",
        BROKEN + "a link whose address lacks its last slash",
        "tests/core/test_check.py::test_what_is_dead_is_told_with_the_page_and_a_way_out",
    ]),
    (67, "links to other sites that are dead or slow", [
        NOT_HERE + "a build never uses the network (row 81), so it cannot know",
    ]),
    (68, "drafts that leak", [HERE + "test_nothing_of_a_draft_is_left_after_a_build_with_drafts"]),
    (69, "a badge that is withdrawn", [
        "tests/formats/test_html.py::test_a_retired_badge_says_so_leads_to_the_newer_one_and_asks_not_to_be_listed",
        "tests/formats/test_openbadges2.py::test_a_superseded_badge_keeps_its_file_but_is_not_listed",
    ]),
    (70, "circles of prerequisites, and references to nothing", [
        "tests/core/test_link.py::test_a_circle_is_an_error_that_prints_its_path",
        BROKEN + "a reference to nothing",
    ]),
    (72, "addresses of a site in every shape", [
        "tests/core/test_settings.py::test_an_address_of_a_site_is_a_host_and_folders",
        "tests/core/test_settings.py::test_what_is_no_address_of_a_site_is_refused",
        "tests/formats/test_html.py::test_links_begin_with_the_base_path_of_the_site",
    ]),
    (73, "languages: unknown, from right to left, with other plurals", [
        "tests/formats/test_html.py::test_a_site_in_a_language_that_runs_to_the_left_runs_to_the_left",
        "tests/core/test_i18n.py::test_a_tag_that_nobody_knows_falls_back_to_what_is_known_of_it",
        BROKEN + "a language in words",
    ]),
    (74, "searching for nothing, nonsense or a script", [NO_SEARCH]),
    (75, "a search program that is missing or crashes", [NO_SEARCH]),
    (76, "an extension that raises, or gives something else", [
        "tests/test_build.py::test_a_format_that_cannot_be_loaded_is_told",
        "tests/shell/test_extensions.py::test_a_rendering_that_gives_something_else_is_told",
        "tests/shell/test_extensions.py::test_a_check_that_fails_is_told_with_its_line",
    ]),
    (77, "a theme that is missing, or extends itself", [
        BROKEN + "a theme that is not there",
        "tests/formats/test_html_unused.py::test_templates_that_extend_each_other_are_told_once",
    ]),
    (78, "the preview: strangers, bursts, errors, folders that vanish", [
        "tests/shell/test_serve.py::test_strangers_get_403_and_not_a_word_of_the_site",
        "tests/shell/test_serve.py::test_nothing_but_the_site_is_served",
        "tests/shell/test_serve.py::test_a_busy_port_is_passed_over_and_said",
        "tests/served/test_dev_server.py::test_a_thousand_saves_are_one_or_two_builds",
        "tests/served/test_dev_server.py::test_faults_show_over_the_last_good_page_and_clear_themselves",
        "tests/shell/test_serve_watching.py::test_a_watched_folder_that_is_deleted_and_restored_is_watched_again",
    ]),
    (79, "the preview is open to others only when told", [
        "tests/shell/test_serve.py::test_it_is_for_this_computer_alone_unless_told_and_says_so",
    ]),
    (81, "a build that would use the network or the environment", [
        "tests/test_purity.py::test_a_pure_module_has_no_effects",
        HERE + "test_a_build_does_not_use_the_network",
    ]),
    (82, "a transfer that breaks off", [NO_DEPLOY]),
    (83, "a transfer that would delete much", [NO_DEPLOY]),
    (84, "files of somebody else's where the site goes", [
        "tests/shell/test_publish.py::test_a_file_that_is_not_ours_is_never_overwritten",
        "tests/test_incremental.py::TestLives",
    ]),
    (85, "more than a host takes", ["tests/formats/test_hosting.py::test_more_rules_than_a_host_reads_are_a_warning"]),
    (86, "media types as servers send them", [
        "tests/formats/test_hosting.py::test_a_server_sends_every_file_with_its_media_type",
    ]),
    (87, "HTML with faults", ["tests/served/test_hosted_pages.py::test_every_page_is_html_without_a_fault"]),
    (88, "pages that somebody cannot use", [
        "tests/served/test_browser.py::test_text_is_legible_in_both_palettes",
        "tests/served/test_browser.py::test_a_page_in_forced_colours_keeps_its_words",
        "tests/served/test_browser.py::test_everything_can_be_read_without_javascript",
        "tests/served/test_browser.py::test_the_keyboard_leads_from_the_start_to_enrolment",
    ]),
    (89, "a strict policy for what pages may load", [
        "tests/served/test_browser.py::test_the_brand_font_and_stylesheets_arrive_under_the_strict_policy",
    ]),
    (90, "pages on paper", ["tests/served/test_browser.py::test_a_badge_prints_on_two_sheets_at_the_most"]),
    (91, "catalogues of any size", [
        NOT_HERE + "a test cannot say how fast it is on another machine: `make bench` measures, docs/ has the figures",
    ]),
    (92, "other Pythons and other systems", [
        NOT_HERE + "one machine cannot show it; names are held to the rules of Windows and macOS (rows 24 to 28)",
    ]),
]  # fmt: skip

NOT_GIVEN = {12, 15, 30, 40, 43, 53, 71, 80}


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests in a file; what is assigned at its top is one, too, as a state machine is."""
    names = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(names)


@cache
def titles() -> frozenset[str]:
    files = (ROOT / "tests/cases/broken").glob("*.txt")
    lines = (line for file in files for line in file.read_text().splitlines())
    return frozenset(line.removeprefix("=== ").strip() for line in lines if line.startswith("=== "))


@pytest.mark.parametrize(("number", "what", "outcomes"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_each_fault_has_a_proof_that_exists_or_a_reason(number: int, what: str, outcomes: list[str]) -> None:
    assert outcomes
    for outcome in outcomes:
        if outcome.startswith(NOT_HERE):
            assert len(outcome.split()) > 6, "the reason is no reason"
        elif outcome.startswith(BROKEN):
            assert outcome.removeprefix(BROKEN) in titles()
        else:
            path, _, name = outcome.partition("::")
            assert name in names_in(path)


def test_no_row_is_missing_and_none_is_there_twice() -> None:
    assert [row[0] for row in ROWS] == [number for number in range(1, 93) if number not in NOT_GIVEN]
