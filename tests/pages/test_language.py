"""One language: forms and routes take their texts where the pages take theirs."""

from flask_babel import get_translations


def test_forms_and_routes_read_the_catalogue_of_the_pages(application):
    with application.test_request_context():
        assert get_translations() is application.jinja_env.catalogue
