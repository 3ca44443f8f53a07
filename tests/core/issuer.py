"""Issue receipts one after the other in a process of its own: `python -m tests.core.issuer 5`.

Prints each number once its transaction is committed.
"""

import sys

import wsgi
from core import documents
from core.accounts import SYSTEM
from core.db import atomic
from tests.core.papers import FACTS


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main(count: int) -> None:
    app = wsgi.create_app()
    with app.app_context():
        say("ready")
        for _each in range(count):
            with atomic():
                paper = documents.issue(
                    "submission_receipt", facts=FACTS["submission_receipt"], by=SYSTEM
                )
                number = paper.number
            say(number)


if __name__ == "__main__":
    main(int(sys.argv[1]))
