"""The page as its readers have it: offline, from the disk, under its own policy."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lakehouse.report.sections.order import figures
from tests.lakehouse.report.reader import Reader, reading

pytestmark = pytest.mark.slow

DATA = "JSON.parse(document.getElementById('report-data').textContent)"


def drawn(reader: Reader) -> list[str]:
    holders = reader.page.locator("[data-chart][data-drawn]")
    return [holder.get_attribute("data-chart") or "" for holder in holders.all()]


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (390, True)])
def test_it_asks_for_nothing_says_nothing_and_draws_everything(
    browser: Browser, report_page: Path, width: int, dark: bool
) -> None:
    with reading(browser, report_page, width=width, dark=dark) as reader:
        assert reader.requests == [report_page.as_uri()]
        assert reader.messages == []
        wanted = reader.page.evaluate(f"() => Object.keys({DATA}.figures)")
        assert drawn(reader) == wanted
        assert set(wanted) <= set(figures())
        for name in wanted:
            canvas = reader.page.locator(f"#chart-{name} canvas").bounding_box()
            assert canvas is not None, name
            assert canvas["width"] > 40, name
            assert canvas["height"] > 40, name
            assert canvas["x"] + canvas["width"] <= width, name
        assert reader.sideways == 0


def test_no_figure_is_blank(browser: Browser, report_page: Path) -> None:
    blank = """() => [...document.querySelectorAll("[data-chart] canvas")].filter((canvas) => {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(pixels.buffer)).size < 8;
    }).map((canvas) => canvas.closest("[data-chart]").dataset.chart)"""

    with reading(browser, report_page) as reader:
        assert reader.page.evaluate(blank) == []


def test_language_and_theme_are_switched(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        title = page.locator("h1 [data-said=pt]")
        expect(title).to_be_hidden()

        page.locator("#language").select_option("pt")
        reader.wait_until_drawn("pt,light")
        expect(title).to_be_visible()
        expect(page.locator("h1 [data-said=en]")).to_be_hidden()
        assert page.evaluate("() => document.documentElement.lang") == "pt-BR"

        page.locator("#theme").click()
        reader.wait_until_drawn("pt,dark")
        assert reader.messages == []


def test_it_is_used_by_keyboard(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        reached = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate(
                    "() => document.activeElement.dataset.control ?? document.activeElement.id"
                )
            )
            if page.evaluate("() => document.activeElement === document.body"):
                break
        controls = set(page.evaluate(f"() => Object.keys({DATA}.controls)"))
        assert controls | {"language", "theme", "print"} <= reached

        page.locator("summary", has_text="Contents").press("Enter")
        page.locator(".contents a").last.press("Enter")
        assert page.url.rpartition("#")[2] in page.evaluate(
            "() => [...document.querySelectorAll('section')].map((section) => section.id)"
        )


def test_what_is_chosen_is_chosen_everywhere(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        selects = page.locator("select[data-control=expression]")
        assert selects.count() > 1
        values = page.evaluate(f"() => {DATA}.controls.expression.values")
        before = page.evaluate(PICTURES)

        selects.first.select_option(index=len(values) - 1)

        last = f'"{values[-1]}"'
        assert [select.input_value() for select in selects.all()] == [last] * selects.count()
        reader.wait(f"() => ({PICTURES})() !== {len(before)} && true")
        changed = f"(before) => ({PICTURES})().filter((one, at) => one !== before[at]).length"
        for _ in range(100):
            if page.evaluate(changed, before):
                break
            page.wait_for_timeout(50)
        assert page.evaluate(changed, before) >= 1
        assert reader.messages == []


def test_a_click_on_a_mark_chooses_it(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        select = page.locator("#figure-correlations select[data-control=feature]")
        before = select.input_value()
        for x, y in reader.over("correlations"):
            page.mouse.click(x, y)
            if select.input_value() != before:
                break
        chosen = select.input_value()
        assert chosen != before
        others = page.locator("select[data-control=feature]").all()
        assert [other.input_value() for other in others] == [chosen] * len(others)
        assert reader.messages == []


PICTURES = (
    '() => [...document.querySelectorAll("[data-chart] canvas")].map((canvas) => '
    "canvas.toDataURL())"
)


def test_muscles_are_named_in_the_page_s_language(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        page.locator("#language").select_option("pt")
        reader.wait_until_drawn("pt")
        table = page.locator("#figure-muscle_distances")
        table.locator("summary", has_text="Tabela").click()
        # The browser tells of an opened table later, and only then it is filled.
        named = table.locator("td", has_text="orbicular da boca, parte inferior")
        expect(named.nth(1)).to_be_visible()
        # As a pointer finds them on the face.
        tooltip = page.locator("#vg-tooltip-element.visible")
        for x, y in reader.over("farthest_points"):
            page.mouse.move(x, y)
            if tooltip.count() and "; " in tooltip.inner_text():
                break
        assert "orbicular d" in tooltip.inner_text()
        assert "orbicularis" not in tooltip.inner_text()


def test_tables_are_sorted_filtered_and_saved(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        page = reader.page
        figure = page.locator("#figure-heat")
        figure.locator("summary", has_text="Table").click()
        heading = figure.locator("th button", has_text="mean distance")
        heading.click()
        heading = figure.locator("th", has_text="mean distance")
        assert heading.get_attribute("aria-sort") == "ascending"
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == "descending"
        first = figure.locator("tbody tr td.number").first
        assert first.inner_text()

        whole = page.evaluate(f"() => {DATA}.tables.heat.rows")
        figure.locator("input[type=search]").fill("no such thing at all")
        assert figure.locator("tbody tr").count() == 0
        assert f"{whole:,}" in figure.locator("output").inner_text()

        with page.expect_download() as saved:
            figure.locator("button[data-save]").click()
        text = saved.value.path().read_text("utf-8-sig")
        assert text.splitlines()[0] == "expression,supervised,triangle,mean_distance,participants"
        assert len(text.splitlines()) == whole + 1
        assert reader.messages == []


def test_no_other_script_runs(browser: Browser, report_page: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    text = report_page.read_text(encoding="utf-8")
    injected = (
        "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
    )
    spoilt.write_text(text.replace("<main>", f"<main>{injected}"), encoding="utf-8")

    with reading(browser, spoilt) as reader:
        assert reader.page.title() != "taken"
        assert any("Content Security Policy" in message for message in reader.messages)


def test_it_prints_every_figure(browser: Browser, report_page: Path) -> None:
    with reading(browser, report_page) as reader:
        reader.page.emulate_media(media="print")
        paper = reader.page.pdf()
        charts = len(drawn(reader))
        assert paper.startswith(b"%PDF")
        assert paper.count(b"/Subtype /Image") >= charts
