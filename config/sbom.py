#!/usr/bin/env python3
"""The list of materials of the program, in CycloneDX 1.6: every library that is built into it or builds it, with version, licence,
digest and where it comes from. From Cargo.lock and `cargo metadata` alone, and of the same sources always the same, byte for byte:

    python3 config/sbom.py > norm-portal.cdx.json

TARGET in the environment names another machine than this one's (a target of Rust). Standard library only."""

import json
import os
import subprocess
import sys
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def metadata():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    command += ["--filter-platform", os.environ.get("TARGET") or host()]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def host():
    told = subprocess.run(["rustc", "-vV"], check=True, stdout=subprocess.PIPE, text=True).stdout
    return next(line.removeprefix("host: ") for line in told.splitlines() if line.startswith("host: "))


def digests():
    """The digests of Cargo.lock, by name and version."""
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text(encoding="utf-8"))
    return {(it["name"], it["version"]): it.get("checksum") for it in lock["package"]}


def reached(nodes, root):
    """What is built in or builds, by id, each with what it needs itself. Tests need more, which nobody is given."""
    needed, waiting = {}, [root]
    while waiting:
        this = waiting.pop()
        if this not in needed:
            kinds = lambda dep: {kind["kind"] for kind in dep["dep_kinds"]}
            needed[this] = sorted({dep["pkg"] for dep in nodes[this]["deps"] if kinds(dep) != {"dev"}})
            waiting.extend(needed[this])
    return needed


def component(package, digest, is_root):
    name, version = package["name"], package["version"]
    made = {"type": "application" if is_root else "library", "bom-ref": reference(package), "name": name, "version": version}
    if package.get("license"):
        # Old manifests have a slash for "or".
        made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if digest:
        made["hashes"] = [{"alg": "SHA-256", "content": digest}]
    made["purl"] = reference(package)
    if package.get("repository"):
        made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return made


def reference(package):
    return f"pkg:cargo/{package['name']}@{package['version'].replace('+', '%2B')}"


def main():
    whole, known = metadata(), digests()
    packages = {package["id"]: package for package in whole["packages"]}
    root = whole["resolve"]["root"]
    needed = reached({node["id"]: node for node in whole["resolve"]["nodes"]}, root)
    order = sorted(needed, key=lambda it: reference(packages[it]))
    of = lambda it: component(packages[it], known.get((packages[it]["name"], packages[it]["version"])), it == root)
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": of(root)},
        "components": [of(it) for it in order if it != root],
        "dependencies": [
            {"ref": reference(packages[it]), "dependsOn": [reference(packages[dep]) for dep in needed[it]]} for it in order
        ],
    }
    # The number follows from what is in it, as a date would not.
    made["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True)).urn
    json.dump(made, sys.stdout, indent=1, sort_keys=True)
    print()


main()
