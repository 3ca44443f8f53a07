"""What the list of filed groups is narrowed to."""

from wtforms import Form, SelectField, StringField
from wtforms.validators import Length, Optional

from core.accounts import Actor
from core.forms import choices
from core.i18n import _, _l
from registry.filings.keepers import places_for
from registry.groups.queries import Narrowing, Need, Sort


class GroupSearch(Form):
    """It changes nothing and needs no token."""

    text = StringField(_l("Name or filing number"), [Optional(), Length(max=100)])
    need = SelectField(_l("To do"), [Optional()], choices=[], validate_choice=False)
    place = SelectField(_l("Street"), [Optional()], choices=[], validate_choice=False)
    sort = SelectField(_l("Order"), [Optional()], choices=[], validate_choice=False)

    def offer(self, actor: Actor) -> None:
        """Offer what can be chosen, in the reader's language; one street alone is no choice."""
        everything = ("", _("All"))
        self.need.choices = choices([everything, *((n.value, n.label) for n in Need)])
        self.sort.choices = choices((s.value, s.label) for s in Sort)
        places = places_for(actor)
        self.place.choices = choices([everything, *((str(it.id), it.name) for it in places)])
        if len(places) < 2:
            del self.place

    def narrowing(self) -> Narrowing:
        """Return what was chosen; what makes no sense narrows nothing."""
        self.validate()
        need, sort = self.need.data or "", self.sort.data or ""
        place = str(self.place.data or "") if self.place is not None else ""
        return Narrowing(
            text=(self.text.data or "").strip()[:100],
            need=Need(need) if need in set(Need) else None,
            place=int(place) if place.isascii() and place.isdigit() and len(place) < 12 else None,
            sort=Sort(sort) if sort in set(Sort) else Sort.PRESSING,
        )

    def described(self) -> str:
        """Return the narrowing in words, for the name of a file."""
        wanted = self.narrowing()
        return _(", ").join(filter(None, (wanted.text, wanted.need.label if wanted.need else "")))
