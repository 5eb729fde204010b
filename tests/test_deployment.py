"""The files that make containers of the atlas; tests/browser/test_deployment.py runs what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import compose_spec
import pytest
import yaml

from dashboard.settings import VARIABLES, faults
from tests.processes import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def surroundings(service: str, **given: str) -> dict[str, str]:
    """The environment of a service of compose.yaml, its variables filled in from `given`."""

    def filled(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2]
        return given.get(name, otherwise[1:].removeprefix("-") if otherwise.startswith((":-", "-")) else "")

    told = COMPOSE["services"][service]["environment"]
    return {name: re.sub(r"\$\{(\w+)(:?[-?][^}]*)\}", filled, text) for name, text in told.items()}


def server_command(port: int) -> list[str]:
    """What the image runs, with one worker and on a port of this machine."""
    (command,) = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.M)
    name, *rest = json.loads(command)
    return ["-m", name, "--workers", "1", *(one.replace("0.0.0.0:8050", f"127.0.0.1:{port}") for one in rest)]


# The files


def test_the_image_passes_the_linter():
    linter = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_is_small_and_runs_as_nobody():
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.M) and "HEALTHCHECK" in DOCKERFILE
    assert re.search(r"^ARG PYTHON=\d+\.\d+\.\d+-slim-", DOCKERFILE, re.M)
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    named = {line[1:] for line in kept if line.startswith("!")}
    assert "*" in kept and all((ROOT / name).exists() for name in named)
    assert not {"tests", ".git", ".ci"} & named


def test_compose_says_what_the_specification_knows():
    names = compose_spec.PyCompose.from_yaml(yaml.safe_dump(COMPOSE)).service_names()
    assert {"database", "publish", "atlas-1", "atlas-2", "proxy"} == set(names)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_no_service_may_write_or_gain_rights(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"] and service["restart"]
    assert "build" in service or re.search(r":\d+(\.\d+)*-", service["image"])
    assert name == "proxy" or "ports" not in service
    secrets = [text for key, text in service["environment"].items() if "PASSWORD" in key or "URL" in key]
    assert all(re.search(r"\$\{\w*PASSWORD:\?", text) for text in secrets)


def test_each_server_keeps_the_data_over_a_restart():
    own = surroundings("atlas-1")["ATLAS_STATE"]
    kept = [COMPOSE["services"][name]["volumes"] for name in ("atlas-1", "atlas-2")]
    assert kept == [[f"state-{number}:{own}"] for number in (1, 2)]
    assert {"state-1", "state-2"} <= COMPOSE["volumes"].keys()
    # A volume takes its owner from the folder of the image, which has to be the one of the program.
    assert f"install --directory --owner=10001 --group=10001 {own}\n" in DOCKERFILE


def test_the_variables_of_compose_are_right():
    own = surroundings("atlas-1", READER_PASSWORD="secret")
    assert faults(own) == [] and own["ATLAS_DATABASE_URL"].endswith("@database:5432/atlas")
    publishing = surroundings("publish", POSTGRES_PASSWORD="secret")
    assert faults(publishing) == [] and publishing.keys() <= VARIABLES.keys()
    asked = set(re.findall(r"\{\$(\w+)", (ROOT / "deploy" / "Caddyfile").read_text("utf-8")))
    assert surroundings("proxy").keys() <= asked
