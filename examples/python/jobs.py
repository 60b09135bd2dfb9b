"""The eight jobs of src/jobs.rs with OpenAI's official Python client; prints the same JSON lines.

Environment: OPENAI_ADMIN_KEY, OPENAI_BASE_URL, NOW (Unix seconds). Changes the organization: run it against the
embedded server (`cargo run -p declarest-examples --bin admin_server`).
"""

import json
import os
import tempfile
from collections import defaultdict

from openai import NotFoundError, OpenAI

NOW = int(os.environ["NOW"])
DAY = 86_400
client = OpenAI(api_key="unused", max_retries=0)
organization = client.admin.organization
values = tempfile.TemporaryFile("w")


def users_with_roles():
    roles = {user.id: {} for user in organization.users.list()}
    for project in organization.projects.list():
        for member in organization.projects.users.list(project.id):
            roles.setdefault(member.id, {})[project.id] = member.role
    return roles


def rotate_key(old_id, name):
    key = organization.admin_api_keys.create(name=name, expires_in_seconds=90 * DAY)
    values.write(key.value)
    try:
        organization.admin_api_keys.delete(old_id)
    except NotFoundError:
        pass
    return key.id


def costs_by_project():
    costs, page = defaultdict(float), None
    while True:
        more = {"page": page} if page else {}
        days = organization.usage.costs(start_time=NOW - 30 * DAY, group_by=["project_id"], limit=31, **more)
        for day in days.data:
            for cost in day.results:
                costs[cost.project_id or ""] += cost.amount.value or 0
        if not days.has_more:
            return costs
        page = days.next_page


def events_of(email):
    week = {"gte": NOW - 7 * DAY}
    return [event.id for event in organization.audit_logs.list(actor_emails=[email], effective_at=week)]


def limit_requests(model, a_minute):
    changed = []
    for project in organization.projects.list():
        for limit in organization.projects.rate_limits.list_rate_limits(project.id):
            if limit.model == model:
                organization.projects.rate_limits.update_rate_limit(
                    limit.id, project_id=project.id, max_requests_per_1_minute=a_minute)
                changed.append(project.id)
    return changed


def new_project(name):
    project = organization.projects.create(name=name)
    account = organization.projects.service_accounts.create(project.id, name="deploy")
    values.write(account.api_key.value)
    return [project.id, account.id]


def spend_alert(cents, email):
    channel = {"type": "email", "recipients": [email]}
    return organization.spend_alerts.create(
        threshold_amount=cents, currency="USD", interval="month", notification_channel=channel)


def offboard(user):
    left = []
    for project in organization.projects.list():
        try:
            organization.projects.users.delete(user, project_id=project.id)
            left.append(project.id)
        except NotFoundError:
            pass
    return left, organization.users.delete(user)


def key_named(name):
    return next((key.id for key in organization.admin_api_keys.list() if key.name == name), "")


def show(**result):
    print(json.dumps(result, sort_keys=True, separators=(",", ":")))


ci = key_named("CI")
show(**{"1 roles": users_with_roles()})
show(**{"2 keys": [rotate_key(ci, "CI 2"), rotate_key(ci, "CI 3")]})
show(**{"3 costs": {project: f"{cost:.3f}" for project, cost in costs_by_project().items()}})
show(**{"4 events": events_of("ada@example.com")})
show(**{"5 limited": limit_requests("gpt-5.1", 300)})
show(**{"6 project": new_project("Translation")})
alert = spend_alert(50_000, "finance@example.com")
show(**{"7 alert": [alert.id, alert.threshold_amount, alert.notification_channel.recipients]})
left, gone = offboard("user-alan")
show(**{"8 left": left, "deleted": gone.deleted})
