"""Every route says what it is for; deny by default."""

import pytest

from models.rules.permissions import Permission

PUBLIC = {"auth.login", "today.health"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_route_declares_its_permission(app):
    declared = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "permission", None)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    }
    assert [name for name, permission in declared.items() if permission is None] == []
    assert {name for name, permission in declared.items() if permission == "public"} == PUBLIC
    assert all(isinstance(value, Permission) for name, value in declared.items() if name not in PUBLIC)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_reaches_a_page_without_login(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC | {"static"} or "GET" not in rule.methods:
            continue
        values = {
            name: 1 if "int" in str(type(converter)).lower() else "lock" for name, converter in rule._converters.items()
        }
        address = app.url_map.bind("localhost").build(rule.endpoint, values, method="GET")
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith("/login"), address
