"""The Kubernetes manifests: valid by Kubernetes' own schemas, and true to the server that they run."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from korotko_service import access, config
from korotko_service.cli import parser as commands
from korotko_service.config import Settings
from korotko_service.provision import known
from tests import zoo
from tests.deploy import manifests
from tests.deploy.manifests import DEPLOY, KUBECTL, RELEASES, Folder
from tests.house import ROOT
from tests.integration.wire import PATIENCE_SECONDS, channel_to

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OVERLAYS = sorted(path.parent for path in (DEPLOY / "overlays").rglob("kustomization.yaml"))
# The most that a server was seen to take while it starts, its cache empty.
SERVER_BYTES = 185_000_000
# gRPC asks for a name's addresses at most this often.
BETWEEN_LOOKS_SECONDS = 30
NEVER_APPLIED = {"kustomization.yaml", "README.md", "callers.example.toml", "alerts.test.yaml"}


def name_of(value: Any) -> str:
    return f"{value['kind']}-{value['metadata']['name']}" if isinstance(value, dict) else str(value)


def labelled(pod: dict[str, Any], selector: dict[str, str]) -> bool:
    """Whether a pod of the base is chosen; the kustomization adds the name to both."""
    return selector.items() <= {**pod["metadata"]["labels"], "app.kubernetes.io/name": "korotko"}.items()


def server() -> dict[str, Any]:
    (container,) = manifests.deployment()["spec"]["template"]["spec"]["containers"]
    return container


def settings() -> Settings:
    return config.load({}, file=DEPLOY / "base/korotko.toml")


def containers(documents: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in documents:
        yield from one.get("spec", {}).get("template", {}).get("spec", {}).get("containers", [])


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("manifest", manifests.whole(), ids=name_of)
def test_every_manifest_is_what_kubernetes_knows_by_that_name(manifest: dict[str, Any], release: str) -> None:
    assert kubernetes_validate.validate(manifest, release, strict=True) == release


def test_a_misspelt_field_would_be_found() -> None:
    wrong = {**manifests.deployment(), "spec": {**manifests.deployment()["spec"], "replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, RELEASES[0], strict=True)


@pytest.mark.parametrize("folder", manifests.folders(), ids=lambda folder: folder.path.name)
def test_every_file_is_named_by_its_kustomization_and_every_named_file_is_there(folder: Folder) -> None:
    there = {path.resolve() for path in folder.path.iterdir() if path.name not in NEVER_APPLIED}
    assert {path for path in folder.files if not path.exists()} == set()
    assert there - folder.files == set()


@pytest.mark.parametrize("folder", manifests.folders(), ids=lambda folder: folder.path.name)
def test_every_patch_fits_something_of_the_base(folder: Folder) -> None:
    targets = {(one["kind"], one["metadata"]["name"]) for one in manifests.base().resources}
    assert {(one["kind"], one["metadata"]["name"]) for one in folder.patches} <= targets
    for container in containers(folder.patches):
        assert container["name"] == server()["name"]


@pytest.mark.skipif(KUBECTL is None, reason="kubectl renders the overlays; without it their parts are checked above")
@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: path.name)
def test_every_overlay_renders_to_valid_manifests_with_settings_that_hold(overlay: Path) -> None:
    documents = manifests.rendered(overlay)
    for manifest in documents:
        assert kubernetes_validate.validate(manifest, RELEASES[1], strict=True)
    (deployment,) = [one for one in documents if one["kind"] == "Deployment"]
    (container,) = containers([deployment])
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in deployment["spec"]["template"]["spec"]["volumes"]}
    assert {one["metadata"]["namespace"] for one in documents if one["kind"] != "Namespace"} == {"korotko"}


def test_the_settings_file_and_every_variable_are_the_server_s_own() -> None:
    patches = list(chain.from_iterable(folder.patches for folder in manifests.folders()))
    given = [entry for container in containers([*manifests.whole(), *patches]) for entry in container.get("env", ())]
    variables = {entry["name"]: entry["value"] for entry in given}
    assert {"KOROTKO_TOKENS_FILE"} <= set(variables)
    loaded = config.load(variables, file=DEPLOY / "base/korotko.toml")
    assert loaded.host == "0.0.0.0"
    assert "/opt/korotko/models" in loaded.models


def test_no_service_can_bring_variables_that_the_server_does_not_know() -> None:
    assert [pod["spec"].get("enableServiceLinks") for pod in manifests.pods()] == [False, False]


def test_the_grace_is_longer_than_the_drain() -> None:
    grace = manifests.deployment()["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert grace >= settings().drain_delay_seconds + settings().drain_seconds + 3


@pytest.mark.parametrize(
    ("file", "models"),
    [
        ("base/deployment.yaml", 1),
        ("overlays/trial/deployment.yaml", 1),
        ("components/models/deployment.yaml", 1 + len(known.sets()["default"])),
    ],
    ids=["base", "trial", "models"],
)
def test_workers_end_before_their_container_is_full(file: str, models: int) -> None:
    """The kubelet has the kernel end the whole container where memory runs out, and not the worker alone."""
    (container,) = containers(manifests.documents(DEPLOY / file))
    variables = {entry["name"]: entry["value"] for entry in container.get("env", ())}
    loaded = config.load(variables, file=DEPLOY / "base/korotko.toml")
    limit = container["resources"]["limits"]["memory"]
    taken = models * loaded.worker_memory_bytes + loaded.cache_bytes + SERVER_BYTES
    assert taken <= int(limit[:-2]) * {"Mi": 2**20, "Gi": 2**30}[limit[-2:]]


def test_a_roll_waits_until_callers_have_asked_for_names_again() -> None:
    assert manifests.deployment()["spec"]["minReadySeconds"] > BETWEEN_LOOKS_SECONDS


def test_a_server_that_is_out_of_order_keeps_no_node_from_being_drained() -> None:
    (budget,) = manifests.of_kind("PodDisruptionBudget")
    assert budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


def test_ports_are_those_of_the_settings_the_image_the_service_and_the_policy() -> None:
    ports = {port["name"]: port["containerPort"] for port in server()["ports"]}
    assert ports == {"grpc": settings().port, "metrics": settings().metrics_port}
    assert set(map(int, re.findall(r"^EXPOSE (.*)$", DOCKERFILE, re.MULTILINE)[0].split())) == set(ports.values())
    (service,) = manifests.of_kind("Service")
    assert {port["targetPort"]: port["port"] for port in service["spec"]["ports"]} == ports
    policy = next(one for one in manifests.of_kind("NetworkPolicy") if one["metadata"]["name"] == "korotko")
    assert [port["port"] for rule in policy["spec"]["ingress"] for port in rule["ports"]] == [ports["grpc"], ports["metrics"]]
    assert manifests.deployment()["spec"]["template"]["metadata"]["annotations"]["prometheus.io/port"] == str(ports["metrics"])


@pytest.mark.parametrize("probe", ["startupProbe", "readinessProbe", "livenessProbe"])
async def test_every_probe_asks_what_a_real_server_answers(probe: str) -> None:
    asked = server()[probe]["grpc"]
    assert asked["port"] == settings().port
    async with zoo.running() as app, channel_to(app) as channel:
        request = health_pb2.HealthCheckRequest(service=asked.get("service", ""))
        reply = await health_pb2_grpc.HealthStub(channel).Check(request, timeout=PATIENCE_SECONDS)
    assert reply.status == health_pb2.HealthCheckResponse.SERVING


def test_the_service_is_headless_so_that_clients_go_round_the_servers() -> None:
    (service,) = manifests.of_kind("Service")
    assert service["spec"]["clusterIP"] == "None"


def test_every_selector_chooses_the_server_and_nothing_else() -> None:
    deployment, (job,) = manifests.deployment(), manifests.of_kind("Job")
    pod, spec = deployment["spec"]["template"], deployment["spec"]
    (service,), (budget,) = manifests.of_kind("Service"), manifests.of_kind("PodDisruptionBudget")
    policy = next(one for one in manifests.of_kind("NetworkPolicy") if one["metadata"]["name"] == "korotko")
    selectors = [service["spec"]["selector"], policy["spec"]["podSelector"]["matchLabels"]]
    selectors += [each["selector"]["matchLabels"] for each in (spec, budget["spec"])]
    selectors += [each["labelSelector"]["matchLabels"] for each in pod["spec"]["topologySpreadConstraints"]]
    for selector in selectors:
        assert selector
        assert labelled(pod, selector)
        assert not labelled(job["spec"]["template"], selector)


def test_everything_runs_as_the_image_s_user_who_may_nothing() -> None:
    user, group = map(int, re.findall(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)[-1])
    for pod in manifests.pods():
        security = pod["spec"]["securityContext"]
        assert (security["runAsNonRoot"], security["runAsUser"], security["runAsGroup"]) == (True, user, group)
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["spec"]["automountServiceAccountToken"] is False
        for container in pod["spec"]["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert set(container["resources"]) == {"requests", "limits"}
            assert "/tmp" in [mount["mountPath"] for mount in container["volumeMounts"]]


def test_settings_are_mounted_where_the_image_looks_for_them() -> None:
    place = re.findall(r"KOROTKO_CONFIG=(\S+)", DOCKERFILE)[0]
    (generated,) = manifests.base().plan["configMapGenerator"]
    volumes = {volume["name"]: volume for volume in manifests.deployment()["spec"]["template"]["spec"]["volumes"]}
    (mount,) = [mount for mount in server()["volumeMounts"] if mount["mountPath"] == str(Path(place).parent)]
    assert volumes[mount["name"]]["configMap"]["name"] == generated["name"]
    assert generated["files"] == [Path(place).name]


def test_the_example_of_a_callers_file_is_one_and_the_secret_is_mounted_where_the_variable_says() -> None:
    example = DEPLOY / "components/callers/callers.example.toml"
    callers = access.read(example.read_text(encoding="utf-8"))
    assert [line.partition(":")[0] for line in str(callers).splitlines()] == ["newsroom", "archive"]
    (patch,) = manifests.documents(DEPLOY / "components/callers/deployment.yaml")
    (container,) = containers([patch])
    (variable,), (mount,) = container["env"], container["volumeMounts"]
    assert Path(variable["value"]).parent == Path(mount["mountPath"])
    assert Path(variable["value"]).name in (DEPLOY / "components/callers/kustomization.yaml").read_text(encoding="utf-8")


def test_the_job_gives_a_command_that_the_server_has_and_writes_where_the_servers_read() -> None:
    (job,) = manifests.of_kind("Job")
    (container,) = containers([job])
    options = commands().parse_args(container["args"])
    assert options.set in known.sets()
    (volume,) = manifests.of_kind("PersistentVolumeClaim")
    (patch,) = manifests.documents(DEPLOY / "components/models/deployment.yaml")
    for pod, readers in ((job["spec"]["template"], False), (patch["spec"]["template"], True)):
        (claim,) = [each for each in pod["spec"]["volumes"] if "persistentVolumeClaim" in each]
        assert claim["persistentVolumeClaim"]["claimName"] == volume["metadata"]["name"]
        (mount,) = [each for each in pod["spec"]["containers"][0]["volumeMounts"] if each["name"] == claim["name"]]
        assert mount["mountPath"] == str(options.models_dir)
        assert mount.get("readOnly", False) is readers
    assert str(options.models_dir) in settings().models
