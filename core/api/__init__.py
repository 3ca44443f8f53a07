'''The public interface for programs: what is declared here is checked, answered and documented.

A feature's `api.py` declares its endpoints; its `init_app` mounts them:

    # registry/organizations/api.py
    from pydantic import BaseModel, Field

    from core.api import PageQuery, Query, about, endpoint

    class OrganizationQuery(PageQuery):
        """`type`, `status`: only these; `q`: words of the name."""
        type: OrganizationType | None = Field(None, json_schema_extra=about(_l("Legal form")))
        q: str | None = Field(None, max_length=100, examples=["养老"])

    class OrganizationAnswer(BaseModel):
        unified_code: str = Field(examples=["51510104MJ00000000"])
        name: str

    class OrganizationsAnswer(BaseModel):
        organizations: list[OrganizationAnswer]
        next: str | None = Field(json_schema_extra=about(_l("Cursor of the next page; null at the end")))

    @endpoint("/organizations", query=OrganizationQuery, answer=OrganizationsAnswer,
              summary=_l("List organizations"), tags=("register",))
    def organizations(query: OrganizationQuery) -> OrganizationsAnswer:
        page = page_of(queries.list_public(...), queries.NEWEST, size=query.limit,
                       after=query.cursor)
        return OrganizationsAnswer(organizations=[...], next=page.next)

    @endpoint("/organizations/<code>", query=Query, answer=OrganizationAnswer,
              summary=_l("Show one organization"), tags=("register",),
              path={"code": _l("Unified social credit code")})
    def organization(query: Query, code: str) -> OrganizationAnswer:
        return ...  # raises core.errors.NotFound -> 404 problem

    # registry/organizations/__init__.py
    def init_app(app: Flask) -> None:
        from core import api
        from registry.organizations import api as organizations_api

        api.mount(app, organizations_api)

The name of the function is the name of the endpoint: `url_for("api.organization", code=…)`.
An unknown parameter, a parameter given twice and a bad value are answered 400 as
application/problem+json with `errors: [{parameter, reason}]`; nothing is silently ignored.
Answers carry an ETag; `If-None-Match` is answered 304. GET only, counted by `core.limits`.
'''

from types import ModuleType

from flask import Flask

from core.api.endpoints import Endpoint, PageQuery, Query, endpoint
from core.api.problems import Problem
from core.api.wording import about

__all__ = ["Endpoint", "PageQuery", "Problem", "Query", "about", "endpoint", "init_app", "mount"]


def mount(app: Flask, module: ModuleType) -> None:
    """Answer every endpoint that `module` declares, under /api/v1."""
    for declared in vars(module).values():
        if isinstance(declared, Endpoint) and declared.handler.__module__ == module.__name__:
            app.extensions["api"].append(declared)
            app.add_url_rule(
                f"/api/v1{declared.rule}",
                endpoint=f"api.{declared.name}",
                view_func=declared.view(),
            )


def init_app(app: Flask) -> None:
    """Serve the description of the interface; features mount their endpoints afterwards."""
    from core.api.routes import bp
    from core.i18n import _l
    from core.ui import NavEntry, nav_entry

    app.extensions["api"] = []
    app.register_blueprint(bp)
    nav_entry(app, NavEntry("footer", _l("Open data (interface)"), "api.reference", order=80))
