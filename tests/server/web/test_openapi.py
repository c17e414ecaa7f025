"""Everything OpenAPI promises, tried with generated requests as terminal and as clerk."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error

from server.app import build_app


@pytest.fixture
def operations(office):
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", build_app(office))
    found = [result.ok() for result in schema.get_all_operations()]
    return [one for one in found if one.path != "/desk/api/logout"]  # it would end the session


def test_the_interface_is_described(operations):
    described = {(one.method.upper(), one.path) for one in operations}
    assert ("PUT", "/api/terminals/captures/{capture_id}") in described
    assert ("POST", "/desk/api/captures/{capture_id}/release") in described
    assert len(described) >= 20


@settings(
    max_examples=400,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
    deadline=None,
)
@given(data=st.data())
def test_no_generated_request_breaks_the_server(data, operations, clerk, client, terminal):
    case = data.draw(st.sampled_from(operations).flatmap(lambda one: one.as_strategy()))
    headers = {"X-CSRF": clerk.csrf}
    if case.path.startswith("/api/terminals") and not case.path.endswith("/token"):
        headers = terminal.authorize(client)
    answer = case.call(headers=headers, cookies={"amtsnah": clerk.client.cookies["amtsnah"]})
    case.validate_response(answer, checks=[not_a_server_error])
    if answer.status_code >= 400:
        assert set(answer.json()) == {"code", "cause", "advice"}
