#!/usr/bin/env python3
"""Whether the official SDKs read migrated cards as they read the originals.

    python3 tests/sdks/compare.py [CARDLINT] [FOLDER]...

Migrates every card below the folders (fixtures/cards where none is given) to the other generation and to both, lets SDKs of both
generations read all of them, and compares endpoints, security and skills. Prints a table in Markdown; exits with 1 where a
difference has no explanation below.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target/sdks"
READERS = {
    "python-0.3": (HOME / "python-0.3/bin/python", ROOT / "tests/sdks/read.py", HOME, 0),
    "js-0.3": ("node", ROOT / "tests/sdks/read.mjs", HOME / "js-0.3", 0),
    "python-1": (HOME / "python-1/bin/python", ROOT / "tests/sdks/read.py", HOME, 1),
    "js-1": ("node", ROOT / "tests/sdks/read.mjs", HOME / "js-1", 1),
}
WRAPPERS = {
    "apiKeySecurityScheme": "apiKey",
    "httpAuthSecurityScheme": "http",
    "oauth2SecurityScheme": "oauth2",
    "openIdConnectSecurityScheme": "openIdConnect",
    "mtlsSecurityScheme": "mutualTLS",
}


def main():
    arguments = sys.argv[1:]
    cardlint = arguments.pop(0) if arguments else str(ROOT / "target/debug/cardlint")
    folders = [Path(folder) for folder in arguments] or [ROOT / "fixtures/cards"]
    subprocess.run(["bash", str(ROOT / "tests/sdks/install")], check=True)
    with tempfile.TemporaryDirectory() as folder:
        cards = migrated(cardlint, folders, Path(folder))
        read = {name: answers(name, cards) for name in READERS}
    sys.exit(0 if table(cards, read) else 1)


def migrated(cardlint, folders, folder):
    """The cards, each as it is, for the other generation and for both."""
    cards = []
    for number, path in enumerate(sorted(path for root in folders for path in root.rglob("*.json"))):
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if not isinstance(card, dict) or not card.get("name") or not card.get("skills"):
            continue
        if not is_old(card) and not is_new(card):
            continue
        forms = {"original": path}
        word = [] if is_old(card) else ["--server-speaks", "0.3", "--rest-url", "same"]
        for target in ["1.0" if is_old(card) else "0.3.0", "dual"]:
            out = folder / f"{number}-{target}.json"
            command = [cardlint, "migrate", "--to", target, "--flows", "split", *word, str(path)]
            ran = subprocess.run(command, capture_output=True)
            if ran.returncode == 0:
                out.write_bytes(ran.stdout)
                forms[target] = out
        if "dual" in forms:
            cards.append((path, is_old(card), forms))
    return cards


def is_old(card):
    return bool(card.get("url")) and "supportedInterfaces" not in card


def is_new(card):
    return "url" not in card and isinstance(card.get("supportedInterfaces"), list)


def answers(name, cards):
    program, script, folder, _ = READERS[name]
    paths = [str(path) for _, _, forms in cards for path in forms.values()]
    ran = subprocess.run([str(program), str(script)], input="\n".join(paths) + "\n", capture_output=True, text=True, cwd=folder)
    if ran.returncode != 0:
        sys.exit(f"{name}: {ran.stderr}")
    lines = map(json.loads, ran.stdout.splitlines())
    return {answer["path"]: answer for answer in lines}


def table(cards, read):
    rows, unexplained, reasons = [], [], Counter()
    for name, (_, _, _, generation) in READERS.items():
        for was_old in [True, False]:
            # A reader of 0.3 has no way to read a card of 1.0, so the card for both stands for the original.
            base = "original" if was_old or generation else "0.3.0"
            others = [form for form in ["1.0" if was_old else "0.3.0", "dual"] if form != base]
            if not generation:
                others = ["dual"]
            if generation and not was_old:
                others = ["dual"]
            for other in others:
                counts = Counter()
                for path, of_old, forms in cards:
                    if of_old != was_old or base not in forms or other not in forms:
                        continue
                    one, two = (read[name][str(forms[form])] for form in (base, other))
                    found = differences(one, two, generation)
                    left = [each for each in found if not explained(each, path, name)]
                    counts["same" if not found else "explained" if not left else "differ"] += 1
                    reasons.update({explained(each, path, name) for each in found} - {None})
                    unexplained += [(name, path, base, other, each) for each in left]
                form = "0.x" if was_old else "1.0"
                rows.append((name, form, base, other, counts["same"], counts["explained"], counts["differ"]))
    versions = dict(line.split(" ", 1) for line in (ROOT / "tests/sdks/versions").read_text().splitlines())
    print("| reader | cards | compared | read the same | differ, explained | differ |\n|---|---|---|---|---|---|")
    for name, form, base, other, same, known, differ in rows:
        _, package, version = versions[name].split(" ")
        print(f"| `{package}` {version} | {form} | {base} with {other} | {same} | {known} | {differ} |")
    for reason, count in reasons.most_common():
        print(f"\n- {reason} ({count})", end="")
    print()
    for name, path, base, other, each in unexplained:
        print(f"{name} {path} {base} {other}: {each}", file=sys.stderr)
    return not unexplained


def explained(difference, path, name):
    """Why a reader takes two forms of a card for different, where that is known."""
    what, one, two = difference
    card = json.loads(Path(path).read_text(encoding="utf-8"))
    flows = [list((each.get("flows") or {})) for each in wrapped_or_flat(card)]
    if what == "error":
        if one and two:
            return "the reader refuses both"
        return "the reader refuses the original, and reads what it became" if one else None
    if what == "endpoints" and not is_old(card) and set(one) < set(two):
        return "the same endpoints are listed for 0.3 too, since `--server-speaks 0.3` says so"
    if what == "endpoints" and [at[:2] for at in one] == [at[:2] for at in two]:
        old = [version for _, _, version in one if version in ("0.1", "0.2")]
        return "an endpoint of a 0.1 or 0.2 card is listed with 0.3, which is the release that the card is raised to" if old else None
    if what in ("schemes", "requirements", "skills") and any(len(each) > 1 for each in flows):
        return "a scheme with several flows is a scheme for each; a reader of 1.0 takes one of them without a word, or refuses"
    if what in ("schemes", "requirements") and "authentication" in card and not one:
        return "no reader looks at `authentication` of 0.1, which is declared in the migrated card"
    if is_new(card) and name == "js-1" and has_other_names(card):
        return "js passes over members of drafts and of 0.3 in a 1.0 card, which the migration understands"
    new = "deviceCode" in str(flows) or "pkceRequired" in json.dumps(card)
    if what == "schemes" and new and name == "python-1":
        return "of a scheme in both forms, a2a-sdk reads the old one, which has no `pkceRequired` and no `deviceCode`"
    return None


def has_other_names(card):
    """Whether a 1.0 card has members of 0.3 or of drafts of 1.0."""
    schemes = (card.get("securitySchemes") or {}).values()
    flat = any(isinstance(each, dict) and "type" in each for each in schemes)
    entries = [each for name in ("securityRequirements", "security") for each in card.get(name) or []]
    return flat or "security" in card or any("schemes" not in each for each in entries)


def wrapped_or_flat(card):
    for each in (card.get("securitySchemes") or {}).values():
        yield each.get("oauth2SecurityScheme") or each if isinstance(each, dict) else {}


def differences(one, two, generation):
    if "error" in one or "error" in two:
        return [("error", one.get("error"), two.get("error"))]
    one, two = (plain(answer["card"], generation) for answer in (one, two))
    return [(what, one[what], two[what]) for what in one if one[what] != two[what]]


def plain(card, generation):
    """Endpoints, security and skills of a card, whatever they are called."""
    old = generation == 0
    schemes = {name: scheme(value, old) for name, value in (card.get("securitySchemes") or {}).items()}
    return {
        "endpoints": endpoints(card, old),
        "schemes": schemes,
        "requirements": requirements(card, old),
        "extended": bool(extended(card, old)),
        "skills": [skill(value, old) for value in card.get("skills") or []],
    }


def endpoints(card, old):
    found = []
    if old:
        version = card.get("protocolVersion", "0.3.0")
        found.append((card.get("url"), card.get("preferredTransport") or "JSONRPC", version))
        found += [(each.get("url"), each.get("transport"), version) for each in card.get("additionalInterfaces") or []]
    else:
        for each in card.get("supportedInterfaces") or []:
            found.append((each.get("url"), each.get("protocolBinding"), each.get("protocolVersion")))
    # The patch number is no part of the version that is spoken, and an endpoint that stands there twice is one endpoint.
    release = lambda version: ".".join((version or "").split(".")[:2])
    # What js takes from the root and from the entries of a list differs: there is one answer for each endpoint.
    listed = {}
    for url, binding, version in found:
        listed.setdefault((url, binding), release(version))
    return [(url, binding, version) for (url, binding), version in listed.items()] if old else distinct(found, release)


def distinct(found, release):
    """Endpoints, each once for a version; of one that a reader lists for 0.2 and 0.3, as js does, the first."""
    listed = []
    for url, binding, version in found:
        known = [at for at in listed if at[:2] == (url, binding)]
        same_generation = any(at[2].split(".")[0] == release(version).split(".")[0] for at in known)
        if not same_generation:
            listed.append((url, binding, release(version)))
    return listed


def scheme(value, old):
    value = filled(value)
    if old:
        kind = value.pop("type", None)
        details = {name: each for name, each in value.items() if name not in WRAPPERS}
    else:
        kind, details = next(((WRAPPERS[name], each) for name, each in value.items() if name in WRAPPERS), (None, value))
        details = {("in" if name == "location" else name): each for name, each in details.items()}
    return (kind, details)


def filled(value):
    """Without what protocol buffers cannot tell from nothing."""
    if not isinstance(value, dict):
        return value
    kept = {name: filled(each) for name, each in value.items()}
    return {name: each for name, each in kept.items() if each not in (None, "", False, [])}


def requirements(owner, old):
    if old:
        entries = owner.get("security") or []
    else:
        entries = [each.get("schemes") or {} for each in owner.get("securityRequirements") or []]
    scopes = lambda each: tuple(each.get("list") or []) if isinstance(each, dict) else tuple(each or [])
    return [{name: scopes(each) for name, each in entry.items()} for entry in entries]


def extended(card, old):
    return card.get("supportsAuthenticatedExtendedCard") if old else (card.get("capabilities") or {}).get("extendedAgentCard")


def skill(value, old):
    kept = {name: value.get(name) or None for name in ["id", "name", "description", "tags", "examples", "inputModes", "outputModes"]}
    return {**kept, "requirements": requirements(value, old)}


main()
