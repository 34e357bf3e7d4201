#!/usr/bin/env python3
"""Compares the verdicts of cardlint with those of the official SDKs, in both directions.

    python3 tests/sdks/judge.py [--binary FILE] [--shared FOLDER] [--mutations N] [--seed N] [--keep FOLDER] [--no-write]

The cards are those of the fixtures, of the corpus and the cases beside the checkout where they are there, and mutations of
the fixtures. An SDK accepts a card if it reads it without an exception:

    python-0.3   a2a-sdk 0.3: `AgentCard.model_validate`, for 0.x cards and mixed cards
    python-1     a2a-sdk 1: `parse_agent_card`, then `validate_proto_required_fields`, for 1.0 cards and mixed cards
    js-1         @a2a-js/sdk 1: `DefaultAgentCardResolver` with `legacyCompat`, for all cards

Each difference needs a row in `differences.tsv`: for a card with errors that a reader accepts, a row for each rule that reports an
error; for a card without errors that a reader refuses, a row whose pattern matches the reader's message. The column `cards` holds
`*`, versions of cards, or `registration` for cards inside a registration of Microsoft Graph. Writes the tables of
`docs/rules-on-real-cards.md`, prints differences that no row explains, and rows that explain none. Exits with 1 for a
difference without a row.
"""

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOME = ROOT / "target/sdks"
PAGE = ROOT / "docs/rules-on-real-cards.md"
MARKERS = ("<!-- sdks: begin -->\n", "<!-- sdks: end -->\n")
READERS = {
    "python-0.3": [HOME / "python-0.3/bin/python", HERE / "read.py", "verdict"],
    "python-1": [HOME / "python-1/bin/python", HERE / "read.py", "verdict"],
    "js-1": ["node", HERE / "read.mjs", "verdict"],
}
OTHER_HALF = "the error is in the half of a mixed card that the reader does not read, and the reader of that half refuses it"

sys.path.insert(0, str(HERE))
from mutate import mutations  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / "target/debug/cardlint"))
    parser.add_argument("--shared", type=Path, default=ROOT / "../shared")
    parser.add_argument("--mutations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--keep", type=Path, help="write the mutations there, to look at them")
    parser.add_argument("--no-write", action="store_true", help="leave the page as it is")
    arguments = parser.parse_args()
    subprocess.run(["bash", str(HERE / "install")], check=True)
    with tempfile.TemporaryDirectory() as folder:
        cards = collect(arguments, Path(folder), arguments.keep or Path(folder))
        answers = {name: read(name, [card for card in cards if name in card["readers"]]) for name in READERS}
    text, unexplained, unused = tables(cards, answers)
    print(text)
    for row in unused:
        print(f"row without a card: {row['verdict']} {row['reader']} {row['what']}")
    for line in unexplained:
        print(line)
    print(f"\n{len(cards)} cards, {len(unexplained)} differences that no row explains")
    if not arguments.no_write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKERS[0])
        PAGE.write_text(before + MARKERS[0] + text + MARKERS[1] + rest.partition(MARKERS[1])[2], encoding="utf-8")
    sys.exit(1 if unexplained else 0)


def collect(arguments, folder, kept):
    """The cards that cardlint finds: where from, a file with the card alone, its errors, and who has to read it."""
    shared = arguments.shared.resolve()
    sources = {"fixtures": [ROOT / "fixtures"], "corpus": [shared / "corpus"], "cases": [shared / "cases"]}
    files = {name: sorted(path for root in roots for path in root.rglob("*.json")) for name, roots in sources.items()}
    valid = sorted((ROOT / "fixtures/cards").rglob("*.json"))
    base = [("-".join(path.parts[-2:])[:-5], json.loads(path.read_text(encoding="utf-8"))) for path in valid]
    files["mutations"] = []
    kept.mkdir(parents=True, exist_ok=True)
    for number, (name, text) in enumerate(mutations(base, arguments.mutations, arguments.seed)):
        files["mutations"].append(kept / f"{number:04}-{name}.json")
        files["mutations"][-1].write_text(text, encoding="utf-8")
    cards = []
    for source, paths in files.items():
        for start in range(0, len(paths), 500):
            for path, report in checked(arguments.binary, paths[start : start + 500]):
                cards += cards_of(source, path, report, folder / f"card-{source}-{len(cards)}")
    return cards


def checked(binary, paths):
    options = ["check", "--no-config", "--no-ignore", "--hidden", "--format", "json"]
    ran = subprocess.run([binary, *options, *map(str, paths)], capture_output=True, text=True)
    if ran.returncode not in (0, 1):
        sys.exit(f"{binary}: exit status {ran.returncode}: {ran.stderr[-500:]}")
    files = json.loads(ran.stdout)["files"]
    return [(Path(file["path"]), file) for file in files]


def cards_of(source, path, report, stem):
    documents = [each for each in report["documents"] if each["kind"] == "a2a-card"]
    for number, document in enumerate(documents):
        copied = Path(f"{stem}-{number}.json")
        if document["pointer"] == "" and not document.get("inner"):
            copied.write_bytes(path.read_bytes())
        else:
            try:
                value = value_at(json.loads(path.read_text(encoding="utf-8")), document["pointer"])
                value = json.loads(value) if isinstance(value, str) else value
                copied.write_text(json.dumps(value_at(value, document.get("inner") or "")), encoding="utf-8")
            except (ValueError, LookupError):
                continue  # a text with syntax errors has no value to give to a reader
        inside = lambda pointer: f"{pointer}/".startswith(document["pointer"] + "/")  # noqa: E731
        errors = [each for each in report["diagnostics"] if each["severity"] == "error" and inside(each["pointer"])]
        old, new = any(v.startswith("0.") for v in document["versions"]), "1.0" in document["versions"]
        is_registered = any(each["kind"] == "graph-agent-registration" for each in report["documents"] if each is not document)
        form = "registration" if is_registered else "+".join(document["versions"])
        readers = {"js-1", *(["python-0.3"] if old else []), *(["python-1"] if new else [])}
        rules = sorted({each["rule"] for each in errors})
        yield {"source": source, "origin": path, "pointer": document["pointer"], "path": str(copied), "form": form, "rules": rules, "readers": readers}


def value_at(value, pointer):
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def read(name, cards):
    """What a reader says against each card, `None` where it accepts it."""
    paths = "".join(f"{card['path']}\n" for card in cards)
    command = [str(part) for part in READERS[name]]
    ran = subprocess.run(command, input=paths, capture_output=True, text=True, cwd=HOME / name)
    if ran.returncode != 0:
        sys.exit(f"{name}: {ran.stderr}")
    return {answer["path"]: answer.get("error") for answer in map(json.loads, filter(None, ran.stdout.split("\n")))}


def explanations():
    with open(HERE / "differences.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def tables(cards, answers):
    rows = explanations()
    counts, explained, unexplained = Counter(), defaultdict(Counter), []
    for card in cards:
        for reader in sorted(card["readers"]):
            message = answers[reader][card["path"]]
            counts[card["source"], reader, bool(card["rules"]), message is None] += 1
            if bool(card["rules"]) != (message is None):
                continue
            others = [answers[each][card["path"]] for each in card["readers"] - {reader, "js-1"}] if reader != "js-1" else []
            if message is None and any(others):
                explained["accepted"][reader, "mixed", "any", OTHER_HALF] += 1
                continue
            found, missing = reasons(rows, reader, card, message)
            for row in found:
                explained[row["verdict"]][row["reader"], row["cards"], row["what"], row["why"]] += 1
            if missing:
                place = f"{card['source']}/{card['origin'].name}{'#' if card['pointer'] else ''}{card['pointer']}"
                said = f"accepts, in spite of {', '.join(missing)}" if message is None else f"refuses a card without errors: {message}"
                unexplained.append(f"{reader} {said}: {place}")
    used = {key for counter in explained.values() for key in counter}
    unused = [row for row in rows if (row["reader"], row["cards"], row["what"], row["why"]) not in used]
    return render(counts, explained, len(unexplained)), unexplained, unused


def reasons(rows, reader, card, message):
    """The rows that explain a difference, and the rules or the message that none explains."""
    verdict = "accepted" if message is None else "refused"
    rows = [row for row in rows if row["verdict"] == verdict and row["reader"] in ("*", reader)]
    rows = [row for row in rows if row["cards"] in ("*", card["form"])]
    if message is not None:
        found = [row for row in rows if re.search(row["what"], message)][:1]
        return found, [] if found else [message]
    found = [row for rule in card["rules"] for row in rows if row["what"] == rule]
    return found, sorted(set(card["rules"]) - {row["what"] for row in found})


def render(counts, explained, unexplained):
    versions = dict(line.split(" ", 1) for line in (HERE / "versions").read_text().splitlines())
    title = lambda name: "`{1}` {2}".format(*versions[name].split(" ")) if name in versions else "all"  # noqa: E731
    lines = [
        "## The official SDKs on the same cards\n",
        "`tests/sdks/judge.py` lets the SDKs read the cards of the fixtures, the corpus and the cases, and random mutations of the "
        "fixtures. An SDK accepts a card if it reads it without an exception: `AgentCard.model_validate` of a2a-sdk 0.3 for 0.x "
        "cards, `parse_agent_card` and `validate_proto_required_fields` of a2a-sdk 1 for 1.0 cards, and the card resolver of "
        "@a2a-js/sdk with `legacyCompat` for both. Mixed cards go to all of them.\n",
        "| cards | reader | no errors, accepted | no errors, refused | errors, refused | errors, accepted |",
        "|---|---|---|---|---|---|",
    ]
    for source, reader in dict.fromkeys((source, reader) for source, reader, _, _ in sorted(counts)):
        cells = [counts[source, reader, *key] for key in [(False, True), (False, False), (True, False), (True, True)]]
        lines.append(f"| {source} | {title(reader)} | {' | '.join(map(str, cells))} |")
    lines += ["\nCards without errors that a reader refuses:\n", "| reader | cards | number | why there is no error |", "|---|---|---|---|"]
    lines += entries(explained["refused"], title, False)
    lines += ["\nCards with errors that a reader accepts:\n", "| reader | cards | rule | number | why it is an error |", "|---|---|---|---|---|"]
    lines += entries(explained["accepted"], title, True)
    lines.append(f"\nDifferences that nothing explains: {unexplained}.")
    return "\n".join(lines) + "\n"


def entries(counter, title, has_rules):
    all_of = lambda text: "all" if text == "*" else text  # noqa: E731
    for (reader, cards, what, why), count in sorted(counter.items()):
        rule = f"`{what}` | " if has_rules else ""
        yield f"| {title(reader)} | {all_of(cards)} | {rule}{count} | {why} |"


if __name__ == "__main__":
    main()
