"""The way to the mail server: what is certain, what is not, and what an address may say."""

import socket
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from core.messages.letters import Letter
from core.messages.post import Fate, PostOffice
from tests.processes import free_port


def letter():
    mail = EmailMessage()
    mail["From"] = Address("Office", addr_spec="office@example.org")
    mail.set_content("words")
    return Letter(1, "wei@example.org", mail)


def sent(url):
    with PostOffice(url) as office:
        answer = office.send(letter())
        assert office.line is None or answer.fate is Fate.TAKEN
        return answer


def test_only_mail_servers_are_mail_servers():
    with pytest.raises(ValueError, match="http"):
        PostOffice("http://mail.example.org")


@pytest.mark.parametrize(
    ("url", "port", "secure", "starttls", "user"),
    [
        ("smtp://mail", 25, False, False, ""),
        ("smtps://a%40b:p%3Aw@mail", 465, True, False, "a@b"),
        ("smtp://mail:2525?tls=starttls", 2525, False, True, ""),
    ],
)
def test_an_address_says_where_and_how(url, port, secure, starttls, user):
    office = PostOffice(url)
    assert (office.host, office.port, office.secure) == ("mail", port, secure)
    assert (office.starttls, office.user) == (starttls, user)
    assert office.password == ("p:w" if user else "")


def test_a_letter_is_taken(mail_server):
    assert sent(f"smtp://127.0.0.1:{mail_server.port}").fate is Fate.TAKEN
    assert len(mail_server.to("wei@example.org")) == 1


@pytest.mark.parametrize(
    "url",
    [
        "smtps://127.0.0.1:{port}",
        "smtp://127.0.0.1:{port}?tls=starttls",
        "smtp://user:word@127.0.0.1:{port}",
    ],
    ids=["no TLS there", "no STARTTLS there", "no sign-in there"],
)
def test_a_server_that_cannot_do_what_is_asked_gets_no_letter(mail_server, url):
    answer = sent(url.format(port=mail_server.port))
    assert (answer.fate, answer.server_is_away) == (Fate.LATER, True)
    assert answer.words
    assert not mail_server.messages


def test_nobody_there_is_later():
    answer = sent(f"smtp://127.0.0.1:{free_port()}")
    assert (answer.fate, answer.server_is_away) == (Fate.LATER, True)
    assert "Connection" in answer.words


def test_a_line_that_went_dead_is_hung_up_without_a_word(mail_server):
    with PostOffice(f"smtp://127.0.0.1:{mail_server.port}") as office:
        assert office.send(letter()).fate is Fate.TAKEN
        assert office.line is not None
        office.line.sock.shutdown(socket.SHUT_RDWR)
        assert office.send(letter()).fate is Fate.LATER
        assert office.line is None
