"""The demo district: its tree and offices, the register of June 2010, people and cases of today."""

from flask import Flask

from core.demo import DemoAccount, Part, part


def init_app(app: Flask) -> None:
    from registry.demo import (
        cases,
        cast,
        certificates,
        changes,
        desks,
        keeping,
        names,
        opinions,
        people,
        register,
        texts,
        upgrades,
    )

    accounts = tuple(DemoAccount(p.login, f"{p.name}　{p.note}") for p in cast.CAST)
    part(app, Part(10, "district and offices", cast.make_district, cast.has_district), accounts)
    part(app, Part(20, "register of June 2010", register.make_register, register.has_register))
    part(app, Part(25, "names", names.make_names, names.has_names))
    part(app, Part(27, "guides, duty lists and messages", texts.make_texts, texts.has_texts))
    part(app, Part(30, "cases in every state", cases.make_all_cases, cases.has_cases))
    part(
        app,
        Part(
            40,
            "certificates lost, damaged and ending",
            certificates.make_replacements,
            certificates.has_replacements,
        ),
    )
    part(app, Part(42, "entries that change", changes.make_changes, changes.has_changes))
    part(
        app,
        Part(
            45,
            "groups that renew, report and fall silent",
            keeping.make_keeping,
            keeping.has_keeping,
        ),
    )
    part(
        app,
        Part(46, "from filed to registered", upgrades.make_upgrades, upgrades.has_upgrades),
    )
    part(app, Part(47, "opinions asked", opinions.make_opinions, opinions.has_opinions))
    part(app, Part(50, "roles and the counter", people.make_people, people.has_people))
    part(app, Part(55, "desks of officers", desks.make_desks, desks.has_desks))
