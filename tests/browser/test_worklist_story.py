"""An officer narrows the worklist, keeps a view of it, and takes several cases with the keyboard."""

from playwright.sync_api import Page, expect

from registry.demo import cases
from registry.registrations.states import RegistrationState
from tests.browser.hands import leave
from tests.registry.test_worklist_bulk import second_intake


def pick_all(page: Page) -> None:
    """Tick every row: by the box above them, or one by one where rows are cards."""
    if page.locator("thead").is_visible():
        page.locator("[data-pick-all]").press("Space")
    else:
        for box in page.locator("tbody input[name=chosen]").all():
            box.press("Space")


def test_narrow_keep_and_take(page: Page, town, sign_in, axe):
    cases.make_cases(
        [
            ("社区书画", RegistrationState.SUBMITTED, 1),
            ("非遗传习", RegistrationState.SUBMITTED, 2),
            ("少儿合唱", RegistrationState.EXAMINING, 2),
        ],
        [],
    )
    colleague = second_intake(town)
    sign_in(town.intake)
    page.goto("/worklist?pile=open")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    axe(page)
    page.locator("input[name=q]").press_sequentially("傳習")
    expect(rows).to_have_count(1)
    expect(page.locator("a.chip--off")).to_contain_text("傳習")
    leave(page, page.locator("a.chip--off"))
    expect(rows).to_have_count(3)
    leave(page, page.get_by_role("link", name="更多条件"))
    page.locator("select[name=state]").select_option("submitted")
    expect(rows).to_have_count(2)
    axe(page)

    leave(page, page.get_by_role("link", name="将当前列表存为视图"))
    page.locator("input[name=name]").fill("待受理")
    page.locator("input[name=as_default]").check()
    axe(page)
    leave(page, page.locator("main form.form button[type=submit]"))
    page.goto("/worklist")
    expect(page.locator(".views a[aria-current]")).to_have_text("待受理")
    expect(rows).to_have_count(2)

    pick_all(page)
    leave(page, page.get_by_role("button", name="领办"))
    expect(page.locator(".notice")).to_contain_text("已领办2件")
    page.goto("/worklist?pile=mine")
    expect(rows).to_have_count(2)
    pick_all(page)
    leave(page, page.get_by_role("button", name="转交…"))
    axe(page)
    page.locator("select[name=user_id]").select_option(value=str(colleague.user_id))
    leave(page, page.locator("main form.form button[type=submit]"))
    expect(page.locator(".notice")).to_contain_text("已转交2件")
    axe(page)
    page.goto("/worklist/views")
    expect(page.locator("main")).to_contain_text("默认视图")
    axe(page)
