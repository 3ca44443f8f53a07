"""The buttons to follow, where people look at what they may want to follow."""

from typing import Any

from flask import render_template, url_for

from core.accounts import current_actor
from core.forms import Form
from registry.following import actions, queries, wording


def of_organization(organization: Any) -> str | None:
    """Offer to follow an organization, with the address of its feed."""
    actor = current_actor()
    return render_template(
        "registry/following/panel.html",
        form=Form() if actor.user else None,
        kept={},
        follow=queries.follow_of(actor, organization_id=organization.id),
        action=url_for("following.follow_organization", number=organization.number),
        feed=url_for("following.organization_feed", number=organization.number),
        of_search=False,
    )


def of_search(asked: Any) -> str | None:
    """Offer to follow the search that is shown, with the address of its feed."""
    actor, kept = current_actor(), wording.kept_of(asked)
    return render_template(
        "registry/following/panel.html",
        form=Form() if actor.user else None,
        kept=kept,
        follow=queries.follow_of(actor, question=actions.question_of(kept)),
        action=url_for("following.follow_search"),
        feed=url_for("following.register_feed") + (f"?{actions.question_of(kept)}" if kept else ""),
        of_search=True,
    )


def of_changes(_nothing: Any) -> str | None:
    """Show the address of the feed of all changes."""
    return render_template("registry/following/feed_link.html")
