#!/usr/bin/env python3
"""How many faults that are put into the parser and the rules the tests notice.

    python3 tests/mutants/run.py [--mutants N] [--seed N] [--work FOLDER] [NUMBER]...

Draws N of the mutants that `cargo mutants --list` names (`cargo install cargo-mutants`), writes all of them into one copy of the
sources, each behind a switch that the variable MUTANT turns, and runs the tests once for each: one build for all of them, where
`cargo mutants` builds for each. Mutants that do not compile are left out, and so are the few that no switch can make (constants,
struct fields); their names are printed. NUMBER runs these alone. The parser of Rust comes from PyPI.
"""

import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["src/syntax/**", "src/rules/**"]
# From the quickest to the slowest; most mutants end at the first few.
TESTS = """cardlint rules syntax_cases seeds spec_examples detection signature_vectors edit render edits_in_reports schemas
    fixtures corpus baseline configuration rewritten secrecy fix migration cli formats syntax_strict syntax_faults
    schema_verdicts mutations""".split()
PATIENCE = 90
SWITCH = """
/// Whether the mutant `number` is switched on.
pub fn mutated(number: u32) -> bool {
    static ON: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *ON.get_or_init(|| std::env::var("MUTANT").ok().and_then(|on| on.parse().ok()).unwrap_or(0)) == number
}
"""
PROFILE = '\n[profile.mutants]\ninherits = "dev"\nopt-level = 1\ndebug = "none"\nincremental = false\n'


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mutants", type=int, default=300)
    options.add_argument("--seed", type=int, default=20261122)
    options.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "mutants")
    options.add_argument("numbers", type=int, nargs="*")
    given = options.parse_args()
    parser = rust_parser(given.work)
    tree = copy(given.work)
    drawn = draw(tree, given.mutants, given.seed)
    left = switch_on(parser, tree, drawn)
    programs = build(tree)
    asked = given.numbers or [number for number in drawn if number not in left]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = dict(zip(asked, pool.map(lambda number: verdict(tree, programs, number), asked)))
    report(drawn, left, verdicts)


def rust_parser(work):
    """The parser of tree-sitter, installed beside the copy."""
    home = work / "python"
    if not home.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin/pip", "install", "--quiet", "tree-sitter", "tree-sitter-rust"], check=True)
    sys.path.extend(map(str, home.glob("lib/python*/site-packages")))
    import tree_sitter
    import tree_sitter_rust

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))


def copy(work):
    """A copy of what the repository holds, with what it has built."""
    tree = work / "tree"
    tree.mkdir(parents=True, exist_ok=True)
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for file in files.splitlines():
        if (ROOT / file).exists():
            (tree / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, tree / file)
    with open(tree / "Cargo.toml", "a") as manifest:
        manifest.write(PROFILE)
    shared, beside = ROOT.parent / "shared", work / "shared"
    if shared.exists() and not beside.exists():
        beside.symlink_to(shared)
    return tree


def draw(tree, count, seed):
    """Numbered mutants, each as cargo-mutants describes it."""
    files = [part for source in SOURCES for part in ("--file", source)]
    listed = subprocess.run(
        ["cargo", "mutants", "--list", "--json", *files], cwd=tree, check=True, capture_output=True, text=True
    )
    mutants = sorted(json.loads(listed.stdout), key=lambda mutant: mutant["name"])
    random.Random(seed).shuffle(mutants)
    return dict(enumerate(mutants[:count], 1))


def switch_on(parser, tree, drawn):
    """Writes the mutants into the copy; gives the reasons of those that are left out."""
    sources = {file: (tree / file).read_text() for file in {mutant["file"] for mutant in drawn.values()} | {"src/lib.rs"}}
    left = {}
    while True:
        for file, text in sources.items():
            mine = {n: m for n, m in drawn.items() if m["file"] == file and n not in left}
            source = Source(parser, text)
            left.update({n: "no switch" for n, m in mine.items() if not source.take(n, m)})
            (tree / file).write_text(source.text() + (SWITCH if file == "src/lib.rs" else ""))
        broken = broken_mutants(tree)
        if not broken:
            return left
        left.update({number: "does not compile" for number in broken})


def environment(**more):
    return {**os.environ, "RUSTFLAGS": "--cap-lints warn", **more}


def cargo(tree, *arguments):
    """The messages of a cargo command, and whether all went well."""
    command = ["cargo", *arguments, "--profile", "mutants", "--message-format", "json"]
    ran = subprocess.run(command, cwd=tree, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")], ran.returncode == 0


def broken_mutants(tree):
    """The mutants that errors of the compiler stand at."""
    messages, works = cargo(tree, "check", "--lib")
    found = set()
    for message in messages:
        if message.get("reason") == "compiler-message" and message["message"]["level"] == "error":
            found |= mutants_at(tree, message["message"])
    if not works and not found:
        sys.exit("the copy does not compile, and no mutant stands where the errors are")
    return found


def mutants_at(tree, error):
    """The mutants before the places of an error; where none is, the first of the function."""
    for span in [*error["spans"], *(span for child in error["children"] for span in child["spans"])]:
        path = tree / span["file_name"]
        if not span["file_name"].startswith("src/"):
            continue
        lines = path.read_text().split("\n")
        for line in range(span["line_end"] - 1, max(span["line_start"] - 12, -1), -1):
            numbers = re.findall(r"crate::mutated\((\d+)\)", lines[line])
            if numbers:
                return {int(numbers[-1])}
    return set()


class Source:
    """The text of a file, with switches."""

    def __init__(self, parser, text):
        self.bytes = text.encode()
        self.root = parser.parse(self.bytes).root_node
        starts = [0]
        self.lines = text.split("\n")
        for line in self.lines:
            starts.append(starts[-1] + len(line.encode()) + 1)
        self.starts = starts
        # By the id of a node what happens to it, and by the offset behind a brace what is put there.
        self.changes = collections.defaultdict(list)
        self.heads = collections.defaultdict(str)

    def offset(self, place):
        row = place["line"] - 1
        return self.starts[row] + len(self.lines[row][: place["column"] - 1].encode())

    def smallest(self, start, end, *kinds):
        best, nodes = None, [self.root]
        while nodes:
            node = nodes.pop()
            if node.start_byte <= start and end <= node.end_byte:
                best = node if node.type in kinds else best
                nodes.extend(node.children)
        return best

    def take(self, number, mutant):
        """Notes a mutant; false if no switch can make it."""
        start, end = (self.offset(mutant["span"][side]) for side in ("start", "end"))
        new, genre = mutant["replacement"], mutant["genre"]
        if genre == "FnValue":
            function = self.smallest(start, end, "function_item")
            body = function and function.child_by_field_name("body")
            modifiers = [child.text for child in function.children if child.type == "function_modifiers"] if function else []
            if not body or any(b"const" in words for words in modifiers):
                return False
            self.heads[body.start_byte + 1] += f" if crate::mutated({number}) {{ return {new}; }}"
            return True
        kinds = {
            "BinaryOperator": ("binary_expression", "compound_assignment_expr"),
            "UnaryOperator": ("unary_expression",),
            "MatchArm": ("match_arm",),
            "MatchArmGuard": ("match_pattern",),
        }.get(genre, ())
        node = self.smallest(start, end, *kinds)
        if node is None:
            return False
        if genre == "BinaryOperator" and node.child_by_field_name("operator").start_byte != start:
            return False
        if genre == "UnaryOperator" and node.start_byte != start:
            return False
        if genre == "MatchArm":
            node = node.child_by_field_name("pattern")
        condition = node.child_by_field_name("condition")
        is_let = condition is not None and condition.type in ("let_condition", "let_chain")
        if genre == "MatchArmGuard" and (condition is None or (is_let and new == "true")):
            return False
        self.changes[node.id].append((genre, number, new))
        return True

    def text(self):
        before, after = self.bytes[: self.root.start_byte], self.bytes[self.root.end_byte :]
        return before.decode() + self.render(self.root)[0] + after.decode()

    def render(self, node):
        """The text of a node, and those of its children by their ids."""
        pieces, children, at = [], {}, node.start_byte
        for child in node.children:
            pieces.append(self.bytes[at : child.start_byte].decode())
            children[child.id] = self.render(child)[0]
            pieces.append(children[child.id])
            at = child.end_byte
            if child.type == "{":
                pieces.append(self.heads.get(at, ""))
        text = "".join(pieces) + self.bytes[at : node.end_byte].decode()
        if node.id in self.changes:
            text = self.switched(node, text, children)
        return text, children

    def switched(self, node, text, children):
        changes = self.changes[node.id]
        if changes[0][0] == "BinaryOperator":
            left, right = (children[node.child_by_field_name(side).id] for side in ("left", "right"))
            result = f"{{ {left} {node.child_by_field_name('operator').text.decode()} {right} }}"
            for _, number, new in changes:
                result = f"if crate::mutated({number}) {{ {left} {new} {right} }} else {result}"
            return f"({result})"
        if changes[0][0] == "UnaryOperator":
            return f"(if crate::mutated({changes[0][1]}) {{ {text[1:]} }} else {{ {text} }})"
        condition = node.child_by_field_name("condition")
        guard = None
        if condition is not None:
            guard = children[condition.id]
            text = text[: text.rindex(guard)].rstrip().removesuffix("if")
            guard = guard if condition.type in ("let_condition", "let_chain") else f"({guard})"
        for _, number, new in changes:
            if new == "true":
                guard = f"(crate::mutated({number}) || {guard})"
            else:
                guard = f"!crate::mutated({number})" + (f" && {guard}" if guard else "")
        return f"{text} if {guard}"


def build(tree):
    """The test programs, by the names of the tests."""
    messages, works = cargo(tree, "test", "--no-run")
    if not works:
        sys.exit("the tests of the copy do not compile")
    programs = collections.defaultdict(list)
    for message in messages:
        if message.get("executable") and message["profile"]["test"]:
            programs[message["target"]["name"]].append(message["executable"])
    if verdict(tree, programs, 0)[0] != "missed":
        sys.exit("the tests fail without a mutant")
    return programs


def verdict(tree, programs, number):
    """What the tests say of a mutant, and the test that says it."""
    more = environment(MUTANT=str(number), INSTA_UPDATE="no", PROPTEST_MAX_SHRINK_ITERS="0")
    for name in TESTS:
        for program in programs[name]:
            command = ["nice", program, "--quiet"]
            try:
                ran = subprocess.run(
                    command, cwd=tree, env=more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE
                )
            except subprocess.TimeoutExpired:
                return "endless", name
            if ran.returncode:
                return "caught", name
    return "missed", ""


def report(drawn, left, verdicts):
    for number, reason in left.items():
        print(f"{number} left out, {reason}: {drawn[number]['name']}")
    for number, (what, test) in verdicts.items():
        if what != "caught":
            print(f"{number} {what} {test}: {drawn[number]['name']}")
    counts = collections.Counter(what for what, _ in verdicts.values())
    all_run = len(verdicts)
    noticed = all_run - counts["missed"]
    low, high = interval(noticed, all_run)
    print(f"{noticed} of {all_run} noticed ({counts['endless']} because a test did not end): "
          f"{noticed / all_run:.1%}, between {low:.1%} and {high:.1%} (95 per cent, Wilson)")


def interval(hits, total):
    """Wilson's interval of 95 per cent."""
    z = 1.96
    share, weight = hits / total, 1 + z * z / total
    middle = (share + z * z / (2 * total)) / weight
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / weight
    return middle - reach, middle + reach


if __name__ == "__main__":
    main()
