"""A choice among sites: the browser follows at once, the server answers with the same sites."""

import itertools
import random
import re

from playwright.sync_api import Page, Route, expect

from dashboard.filters import choices
from dashboard.guard import CALLBACK_PATH
from layers.sites import FACETS
from tests.browser.test_overview import MAP, expect_sites, open_overview
from tests.plain_choice import select

ROWS = ".site-table tbody tr:visible"
FITTING = (
    "(questions) => questions.map((wanted) => window.dash_clientside.sites.fitting(Object.entries(wanted)))"
)


class Held:
    """Callbacks of a page that wait for their answer until they are let go."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.is_over = False
        page.route(lambda url: CALLBACK_PATH in url, lambda route: self._take(route))

    def _take(self, route: Route) -> None:
        if self.is_over:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        """Answer all that wait, in their order, and all later ones at once."""
        self.is_over = True
        for route in self.waiting:
            route.continue_()


def test_the_browser_finds_the_same_sites_as_the_server_for_every_choice(page, atlas_url, atlas):
    open_overview(page, atlas_url)
    offered = {facet: list(choices(atlas)[facet]) for facet in FACETS}
    questions = [{facet: [code]} for facet, codes in offered.items() for code in codes]
    questions += [
        {one: [first], other: [second]}
        for one, other in itertools.combinations(("countries", "kinds", "statuses", "sectors"), 2)
        for first, second in itertools.product(offered[one], offered[other])
    ]
    dice = random.Random(3)
    for _ in range(300):
        facets = dice.sample(list(offered), dice.randint(0, len(offered)))
        questions.append({f: dice.sample(offered[f], dice.randint(1, len(offered[f]))) for f in facets})
    found = page.evaluate(FITTING, questions)
    for question, ids in zip(questions, found, strict=True):
        assert sorted(ids) == sorted(select(atlas.sites, **question).index), question
    assert [] in found and len(atlas.sites) in map(len, found)


def test_map_and_table_follow_before_the_server_answers_and_stay(page, atlas_url):
    open_overview(page, atlas_url)
    held = Held(page)
    page.locator("#filter-kinds").get_by_label("dry port").check()
    expect_sites(page, 2)
    expect(page.locator(ROWS)).to_have_count(2)
    assert page.url.endswith("/")
    held.let_go()
    page.wait_for_url("**/?kind=dry-port")
    expect(page.locator(".finding")).to_contain_text("2 sites of 111")
    expect_sites(page, 2)
    expect(page.locator(ROWS)).to_have_count(2)


def test_keys_in_a_list_of_many_choices_do_the_same(page, atlas_url, atlas):
    open_overview(page, atlas_url)
    held = Held(page)
    page.locator("#filter-sectors").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="glass").focus()
    page.keyboard.press("Space")
    glass = len(select(atlas.sites, sectors=["glass"]))
    assert 0 < glass < 20
    expect_sites(page, glass)
    expect(page.locator(ROWS)).to_have_count(glass)
    held.let_go()
    page.wait_for_url("**/?sector=glass")


def test_the_last_of_quick_choices_stays(page, atlas_url):
    open_overview(page, atlas_url)
    held = Held(page)
    kinds = page.locator("#filter-kinds")
    for kind in ("dry port", "plant", "dry port", "trade centre"):
        kinds.get_by_label(kind).click()
    plants_and_more = page.locator("#map [data-sites]").get_attribute("data-sites")
    held.let_go()
    page.wait_for_url("**/?kind=plant,trade-centre")
    expect(page.locator(".chips button")).to_have_count(2)
    expect_sites(page, int(plants_and_more))
    expect(page.locator(ROWS)).to_have_count(int(plants_and_more))


def test_reset_and_back_bring_back_what_they_should(page, atlas_url):
    open_overview(page, atlas_url, "?kind=dry-port")
    page.locator("#filter-countries").get_by_label("Kazakhstan").check()
    expect_sites(page, 1)
    page.wait_for_url(re.compile("KAZ"))
    page.get_by_role("button", name="Reset filters").click()
    expect_sites(page, 111)
    expect(page.locator(ROWS)).to_have_count(111)
    page.go_back()
    expect_sites(page, 1)
    page.locator("#filter-countries").get_by_label("Kazakhstan").uncheck()
    expect_sites(page, 2)
    expect(page.locator(ROWS)).to_have_count(2)


def test_a_choice_is_drawn_only_when_it_is_there_and_at_once_as_it_stays(page, atlas_url):
    open_overview(page, atlas_url)
    before, frames = page.evaluate(
        f"""async () => {{
          const map = {MAP}, gl = map.getCanvas().getContext('webgl2'), frames = [];
          const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
          const picture = () => {{
            const pixels = new Uint8Array(width * height * 4);
            gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
            return pixels.reduce((sum, value, i) => (sum * 31 + value + i) % 4294967291, 0);
          }};
          const idle = () => new Promise((then) => map.once('idle', () => then()));
          const redrawn = () => {{ map.triggerRepaint(); return idle(); }};
          await redrawn();
          map.on('render', () => frames.push([map.isSourceLoaded('sites'), picture()]));
          await redrawn();
          const before = frames.pop()[1];
          frames.length = 0;
          document.querySelector('#filter-kinds input').click();
          await idle();
          await redrawn();
          return [before, frames];
        }}"""
    )
    pictures = {shown for _, shown in frames}
    assert len(frames) >= 2 and all(is_loaded for is_loaded, _ in frames)
    assert len(pictures) == 1 and before not in pictures
    assert page.evaluate(f"[{MAP}._fadeDuration, Object.hasOwn({MAP}, 'triggerRepaint')]") == [300, False]
