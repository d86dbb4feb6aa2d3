#!/usr/bin/env python3
"""How fast `panel check` is, against what it cannot be faster than and against other tools.

Builds the program, makes folders of invented requests (always the same), installs yamllint,
check-jsonschema and ajv into the target folder, and prints a table in Markdown: medians of
interleaved runs, and each bar with whether it is met. Run from the top of the repository, on a
machine that does nothing else:

    python3 benches/speed.py
    python3 benches/speed.py --requests 2000 --runs 3 --without-others
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

AS_OF = "2026-11-24T09:00"
TOP = Path(__file__).resolve().parent.parent
PLACE = Path(os.environ.get("CARGO_TARGET_DIR", TOP / "target")) / "speed"


def said(*command):
    return subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout


def built(name, *what):
    """The executable of that name that cargo builds."""
    messages = said("cargo", *what, "--locked", "--message-format=json").splitlines()
    made = [json.loads(line) for line in messages if line.startswith("{")]
    made = [one for one in made if one.get("executable") and one["target"]["name"] == name]
    return made[-1]["executable"]


def run(command):
    """Wall time in seconds and peak memory in megabytes of a command, or of several side by side."""
    commands = command if isinstance(command[0], list) else [command]
    begun = time.perf_counter()
    running = [
        subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for one in commands
    ]
    peak = 0
    for one in running:
        _, status, used = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
        peak = max(peak, used.ru_maxrss / 1000)
        if one.returncode not in (0, 1):
            sys.exit(f"{one.args[:3]} ended with {one.returncode}")
    return time.perf_counter() - begun, peak


def medians(commands, runs):
    """Median time and memory of each command, the runs interleaved."""
    seen = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            figures = run(command)
            if number > 0:  # the first round warms the files
                seen[name].append(figures)
    return {
        name: tuple(statistics.median(part) for part in zip(*figures))
        for name, figures in seen.items()
    }


def others(panel, paths):
    """The other tools with their best settings: each in two processes where it knows of no threads."""
    tools = PLACE / "tools"
    venv = tools / "venv"
    if not venv.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run(
            [venv / "bin/pip", "install", "--quiet", "yamllint", "check-jsonschema"], check=True
        )
    if shutil.which("npm") and not (tools / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", tools, "ajv-cli"], check=True)
    schema = tools / "referral.schema.json"
    schema.write_text(said(panel, "--council", "bexley", "schema", "referral"))
    halves = [paths[::2], paths[1::2]]
    tool = lambda name: str(venv / "bin" / name)
    found = {
        "yamllint": [[tool("yamllint"), "-d", "relaxed", *half] for half in halves],
        "check-jsonschema": [
            [tool("check-jsonschema"), "--schemafile", str(schema), *half] for half in halves
        ],
    }
    versions = [
        said(tool("yamllint"), "--version").strip(),
        said(tool("check-jsonschema"), "--version").strip(),
    ]
    ajv = tools / "node_modules/.bin/ajv"
    if ajv.exists():
        found["ajv"] = [
            [str(ajv), "validate", "--strict=false", "--validate-formats=false", "-s", str(schema)]
            + [part for path in half for part in ("-d", path)]
            for half in halves
        ]
        about = json.loads((tools / "node_modules/ajv-cli/package.json").read_text())
        versions.append(f"ajv-cli {about['version']}")
    return found, versions


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--requests", type=int, default=20_000)
    asked.add_argument("--runs", type=int, default=7)
    asked.add_argument("--others-on", type=int, default=2_000, help="files that other tools read")
    asked.add_argument("--without-others", action="store_true")
    asked.add_argument("--grow-to", type=int, default=200_000)
    wanted = asked.parse_args()

    panel = built("panel", "build", "--release", "--bin", "panel")
    bench = built("check", "bench", "--no-run", "--bench", "check")

    def folder(number):
        place = PLACE / f"requests-{number}"
        one = said(bench, "make", str(place), str(number)).strip()
        return str(place), one

    def checked(place, *more):
        return [panel, "--as-of", AS_OF, "--folder", place, "check", "--format", "json", *more]

    place, one = folder(wanted.requests)
    whole = medians(
        {
            "walk and read, one thread": [bench, "read", place],
            "walk, read and parse": [bench, "parse", place],
            "panel check --format json": checked(place),
        },
        wanted.runs,
    )
    short = medians(
        {
            "panel --version": [panel, "--version"],
            "panel check ONE-FILE": checked(place, one),
        },
        max(wanted.runs, 21),
    )
    small, large = 2_000, wanted.grow_to
    growth = {
        number: medians({"check": checked(folder(number)[0])}, wanted.runs)["check"][0]
        for number in (small, large)
        if number
    }

    read, parse, check = (whole[name][0] for name in whole)
    memory = whole["panel check --format json"][1]
    version, single = (short[name][0] for name in short)
    bars = [
        ("check / walk and read", check / read, 3.0, ""),
        ("check / walk, read and parse", check / parse, 1.25, ""),
        ("peak memory", memory, 150, " MB"),
        ("one file / `panel --version`", single / version, 3.0, ""),
    ]
    rust = said("rustc", "--version").split()[1]
    print(f"{os.cpu_count()} cores, Rust {rust}, {time.strftime('%d %B %Y')},", end=" ")
    print(f"{wanted.requests:,} requests, medians of {wanted.runs} runs\n")
    print("| | time | times walking and reading |\n| --- | ---: | ---: |")
    for name, (seconds, _) in {**whole, **short}.items():
        print(f"| {name} | {seconds * 1e3:,.1f} ms | {seconds / read:.2f} |")
    print("\n| bar | at most | measured | |\n| --- | ---: | ---: | --- |")
    for name, measured, most, unit in bars:
        met = "met" if measured <= most else "not met"
        print(f"| {name} | {most:g}{unit} | {measured:.2f}{unit} | {met} |")
    if large:
        grown = (growth[large] / large) / (growth[small] / small)
        met = "met" if grown <= 1.1 else "not met"
        print(f"| time a file, {large:,} files / {small:,} files | 1.1 | {grown:.2f} | {met} |")

    if wanted.without_others:
        return
    place, _ = folder(wanted.others_on)
    paths = sorted(str(path) for path in Path(place).glob("referrals/**/*.yaml"))
    tools, versions = others(panel, paths)
    tools = {"walk and read, one thread": [bench, "read", place], "panel check": checked(place), **tools}
    figures = medians(tools, wanted.runs)
    base = figures["walk and read, one thread"][0]
    print(f"\n{wanted.others_on:,} of the files; {', '.join(versions)}\n")
    print("| | time | times walking and reading | times `panel check` |\n| --- | ---: | ---: | ---: |")
    for name, (seconds, _) in figures.items():
        ratio = seconds / figures["panel check"][0]
        print(f"| {name} | {seconds * 1e3:,.0f} ms | {seconds / base:,.1f} | {ratio:,.1f} |")


if __name__ == "__main__":
    main()
