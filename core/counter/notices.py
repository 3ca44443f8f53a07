"""What an applicant at the counter is sent."""

from core.i18n import _l
from core.messages.wording import MessageTemplate

COUNTER_CODE = MessageTemplate(
    key="counter.code",
    subject=_l("Code %(code)s: your application at the counter"),
    body=_l(
        "Dear %(name)s,\n%(office)s has filled in an application for you: %(kind)s, %(title)s. If everything in it is as you want it, tell the officer this code: %(code)s. With it you submit the application and declare that what it says is true. The code works for %(minutes)s minutes.\nIf you are not at a counter, tell the code to nobody."
    ),
    secret=True,
    label=_l("An applicant at the counter confirms the application: to the applicant"),
)
COUNTER_STARTED = MessageTemplate(
    key="counter.started",
    subject=_l("An application is being filled in for you"),
    body=_l(
        "Dear %(name)s,\n%(office)s is filling in an application for you: %(kind)s. You find it under “My cases” once you have signed in; if you have no password yet, ask for one with “Forgotten password”.\nIf you did not ask for it, please tell the office."
    ),
    label=_l("An application is begun at the counter: to the applicant"),
)
