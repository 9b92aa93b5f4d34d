"""The dashboard and the alert rules: every metric and label in them is one that a real server exports, and so is every one in the docs."""

import asyncio
import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterable
from itertools import combinations

import pytest

from korotko_service.telemetry import Metrics
from tests import zoo
from tests.deploy import manifests
from tests.deploy.manifests import MONITORING
from tests.house import ROOT

# What Prometheus itself knows of every target and every histogram.
PROMETHEUS_LABELS = {"instance", "job", "le"}
PROMTOOL = shutil.which("promtool")
DASHBOARD = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
(ALERTS,) = manifests.documents(MONITORING / "alerts.yaml")
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
EXPRESSIONS = {
    **{f"alert {rule['alert']}": rule["expr"] for rule in RULES},
    **{f"panel {panel['title']} {target['refId']}": target["expr"] for panel in PANELS for target in panel["targets"]},
}


def labels_of(metrics: Metrics) -> dict[str, set[str]]:
    """The labels of each metric by its name in an expression."""
    found: dict[str, set[str]] = {}
    for metric in (getattr(metrics, name) for name in Metrics.__slots__ if name != "registry"):
        name = metric.describe()[0].name
        ends = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}[metric.describe()[0].type]
        found |= {f"{name}{end}": set(metric._labelnames) for end in ends}
    return found


def used(expression: str) -> Iterable[tuple[str, set[str]]]:
    """Every metric of an expression and the labels that it is chosen by."""
    for name, chosen in re.findall(r"\b(korotko_\w+)(?:\{([^}]*)\})?", expression):
        yield name, set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", chosen))


def families(text: str) -> set[str]:
    """Names of all metrics of a scrape, those that nothing has happened to yet included."""
    return set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)) | set(re.findall(r"^(korotko_\w+)", text, re.MULTILINE))


async def scrape() -> str:
    """What Prometheus gets of a real server."""
    async with zoo.running(metrics_port=0) as app:
        return await asyncio.to_thread(lambda: urllib.request.urlopen(f"http://127.0.0.1:{app.metrics_port}/metrics").read().decode())


async def test_every_metric_of_the_dashboard_and_the_alerts_is_exported() -> None:
    exported = families(await scrape())
    exported |= {f"{name}{end}" for name in exported for end in ("_bucket", "_sum", "_count")}
    named = {name for expression in EXPRESSIONS.values() for name, _ in used(expression)}
    assert len(named) > 15
    assert named - exported == set()


async def test_the_dashboard_shows_every_metric() -> None:
    shown = {name for label, expression in EXPRESSIONS.items() if label.startswith("panel") for name, _ in used(expression)}
    exported = {name for name in families(await scrape()) if not re.search(r"_(bucket|sum|count|created)$", name)}
    assert {name for name in exported if not any(each.startswith(name) for each in shown)} == set()


async def test_the_docs_name_every_metric_and_no_other() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    exported = {name for name in families(await scrape()) if not re.search(r"_(bucket|sum|count|created)$", name)}
    assert set(re.findall(r"`(korotko_\w+)", page)) - {"korotko_service"} == exported


def test_the_docs_name_the_labels_of_every_metric() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`korotko_.+?) \| ([^|]+?) \|$", page, re.MULTILINE)
    # Behind a colon or a semicolon, and in brackets, the page says what the labels are.
    bare = [(names, set(re.findall(r"\w+", re.sub(r"\(.*?\)|[:;].*", "", labels)))) for names, labels in rows]
    told = {name: labels for names, labels in bare for name in re.findall(r"\w+", names)}
    known = {name.removesuffix("_count"): labels for name, labels in labels_of(Metrics()).items() if not name.endswith(("_bucket", "_sum"))}
    assert told == known


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_every_label_is_one_of_its_metric(expression: str) -> None:
    known = labels_of(Metrics())
    everywhere = set[str]()
    for name, chosen in used(expression):
        assert chosen <= known[name] | PROMETHEUS_LABELS
        everywhere |= known[name]
    for listed in re.findall(r"\bby \(([^)]*)\)", expression):
        assert set(map(str.strip, listed.split(","))) <= everywhere | PROMETHEUS_LABELS


def test_every_alert_says_how_bad_it_is_what_it_is_and_what_to_do() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
    for rule in RULES:
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        assert rule["annotations"]["summary"]
        assert len(rule["annotations"]["description"]) > 40


@pytest.mark.parametrize("raised", [True, False], ids=["raised", "not raised"])
def test_every_alert_is_tested_to_be(raised: bool) -> None:
    (page,) = manifests.documents(MONITORING / "alerts.test.yaml")
    cases = [case for test in page["tests"] for case in test["alert_rule_test"]]
    assert {case["alertname"] for case in cases if ("exp_alerts" in case) is raised} == {rule["alert"] for rule in RULES}


def test_reasons_and_codes_in_expressions_are_the_contract_s() -> None:
    api = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    given = [given for text in EXPRESSIONS.values() for given in re.findall(r'(?:reason|code)=~?"([^"]+)"', text)]
    words = {word for each in given for word in each.split("|")}
    assert words
    assert {word for word in words if word not in api} <= {"OK", "UNKNOWN"}


def test_panels_have_their_own_place_and_number_and_ask_the_chosen_source() -> None:
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    for one, other in combinations((panel["gridPos"] for panel in panels), 2):
        assert (
            one["x"] + one["w"] <= other["x"]
            or other["x"] + other["w"] <= one["x"]
            or one["y"] + one["h"] <= other["y"]
            or (other["y"] + other["h"] <= one["y"])
        )
    variables = {variable["name"] for variable in DASHBOARD["templating"]["list"]}
    for panel in PANELS:
        assert panel["datasource"]["uid"] == "${datasource}"
        asked: set[str] = set().union(*(re.findall(r"\$(\w+)", target["expr"]) for target in panel["targets"]))
        assert asked - {"__rate_interval"} <= variables
        assert all('job="$job"' in target["expr"] for target in panel["targets"])


@pytest.mark.skipif(PROMTOOL is None, reason="promtool comes with Prometheus and with no package of Python")
@pytest.mark.parametrize(("action", "file"), [("check", "alerts.yaml"), ("test", "alerts.test.yaml")])
def test_prometheus_itself_takes_the_rules(action: str, file: str) -> None:
    done = subprocess.run([str(PROMTOOL), action, "rules", file], cwd=MONITORING, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(PROMTOOL is None, reason="promtool comes with Prometheus and with no package of Python")
def test_prometheus_itself_takes_the_metrics_of_a_real_server() -> None:
    page = asyncio.run(scrape())
    done = subprocess.run([str(PROMTOOL), "check", "metrics"], input=page, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
