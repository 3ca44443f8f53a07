"""Words that are found when they are read: in the reader's language, and escaped in a page."""

from flask_babel import force_locale
from jinja2 import Environment
from markupsafe import Markup, escape

from core.i18n import LazyWords, _l, get_locale

PAGE = Environment(autoescape=True).from_string("<p>{{ words }}</p>")


def test_what_people_typed_is_escaped_in_a_page():
    typed = LazyWords(lambda: "“<b>协会</b>” & 其他")
    assert PAGE.render(words=typed) == "<p>“&lt;b&gt;协会&lt;/b&gt;” &amp; 其他</p>"
    assert str(typed) == "“<b>协会</b>” & 其他"


def test_marked_up_words_stay_marked_up():
    assert PAGE.render(words=LazyWords(lambda: Markup("<b>协会</b>"))) == "<p><b>协会</b></p>"


def test_the_language_is_that_of_the_reader(app):
    words = _l("Register")
    with app.test_request_context():
        found = [str(words), str(escape(words))]
        with force_locale("en"):
            assert str(words) == "Register"
            assert str(get_locale()) == "en"
        assert [str(words), str(escape(words))] == found
        assert str(get_locale()) == "zh_Hans"
    assert found[0] != "Register"
