"""What people are told about their accounts."""

from core.i18n import _l
from core.messages.wording import MessageTemplate

PASSWORD_RESET = MessageTemplate(
    key="account.password_reset",
    subject=_l("Set a new password"),
    body=_l(
        "Somebody asked for a new password for your account. The link below lets you set one. It works once and for %(minutes)s minutes.\nIf it was not you, do nothing: your password stays as it is."
    ),
    secret=True,
    label=_l("Somebody asks for a new password: to the account's holder"),
)
PASSWORD_CHANGED = MessageTemplate(
    key="account.password_changed",
    subject=_l("Your password has been changed"),
    body=_l(
        "The password of your account was changed on %(at)s, and every device was signed out.\nIf it was not you, please ask for a new password at once and tell the office."
    ),
    label=_l("A password was changed: to the account's holder"),
)
ADDRESS_CONFIRMATION = MessageTemplate(
    key="account.address_confirmation",
    subject=_l("Confirm your address"),
    body=_l(
        "You opened an account or changed its address. Please open the link below and confirm that this address is yours. It works once and for %(hours)s hours.\nIf it was not you, do nothing."
    ),
    secret=True,
    label=_l("An address is to be confirmed: to that address"),
)
ADDRESS_CHANGED = MessageTemplate(
    key="account.address_changed",
    subject=_l("The address of your account has been changed"),
    body=_l(
        "On %(at)s your account was given another e-mail address; messages go there from now on.\nIf it was not you, please tell the office at once."
    ),
    label=_l("An account's address was changed: to the former address"),
)
ACCOUNT_LOCKED = MessageTemplate(
    key="account.locked",
    subject=_l("Too many failed sign-ins to your account"),
    body=_l(
        "There were several failed attempts to sign in to your account; it now waits until %(until)s before it takes another.\nIf it was not you, nobody got in. A password used nowhere else, and one-time codes, keep it so."
    ),
    label=_l("An account waits after failed sign-ins: to its holder"),
)
INVITATION = MessageTemplate(
    key="account.invitation",
    subject=_l("Invitation to act for %(body)s"),
    body=_l(
        "Dear %(name)s,\n%(by)s invites you to act for %(body)s as %(role)s. Please open the link below to accept; it works once and for %(days)s days.\nIf you do not know what this is about, do nothing."
    ),
    secret=True,
    label=_l("Somebody is invited to act for an organization or an office"),
)
ROLE_REQUESTED = MessageTemplate(
    key="account.role_requested",
    subject=_l("A role waits for your confirmation: %(name)s"),
    body=_l(
        "Another administrator asked that %(name)s be %(role)s in %(body)s. It holds once a second administrator has confirmed it."
    ),
    label=_l("A role waits for confirmation: to the other administrators"),
)
ROLE_DECIDED = MessageTemplate(
    key="account.role_decided",
    subject=_l("Decided: %(name)s as %(role)s"),
    body=_l("You asked that %(name)s be %(role)s in %(body)s. %(outcome)s"),
    label=_l("A role was confirmed or refused: to the administrator who asked"),
)
LET_IN_ASKED = MessageTemplate(
    key="account.let_in_asked",
    subject=_l("Somebody is to be let in again: %(name)s"),
    body=_l(
        "The account of %(name)s is stopped. %(by)s asks that they be let in again. It holds once a second person has confirmed it."
    ),
    label=_l("A stopped account is to be let in: to the others who may confirm it"),
)
CLOSING_ASKED = MessageTemplate(
    key="account.closing_asked",
    subject=_l("Somebody wants their account closed: %(name)s"),
    body=_l(
        "%(name)s asked that their account be closed. Please close it, or tell the person what has to end first. Where nothing is open it closes by itself at %(until)s."
    ),
    label=_l("An account is to be closed: to those who may close it"),
)
ACCOUNT_CLOSED = MessageTemplate(
    key="account.closed",
    subject=_l("Your account is closed"),
    body=_l(
        "As you asked, your account is closed: nobody signs in with it any more, and nothing more is sent to you. Files of finished cases stay in the archive as the law demands; your contact details are erased after their time."
    ),
    label=_l("An account was closed: to the person who asked for it"),
)
OWNERSHIP_OFFERED = MessageTemplate(
    key="account.ownership_offered",
    subject=_l("You are offered the account of %(body)s"),
    body=_l(
        "%(by)s offers you the account of %(body)s. Who owns it acts for the organization and decides who else does. Please accept or decline within %(days)s days."
    ),
    label=_l("An organization's account is handed over: to the new owner"),
)
OWNERSHIP_ANSWERED = MessageTemplate(
    key="account.ownership_answered",
    subject=_l("Hand-over of %(body)s"),
    body=_l("The account of %(body)s was offered to %(name)s. %(outcome)s"),
    label=_l("A hand-over was accepted or declined: to the former owner"),
)
