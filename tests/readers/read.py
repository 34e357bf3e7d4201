"""Reads what cardlint wrote with other people's readers, and compares it with its own JSON report.

Called as `read.py SCHEMA CASES`: the JSON Schema of SARIF, and a folder with a folder for each case. A case holds
`files/` as they were checked, `report.json`, and a file for each format. Prints what is wrong and exits with 1.
"""

import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import junitparser
from defusedxml import ElementTree
from lsprotocol import converters, types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sarif import loader

SEVERITIES = {
    "sarif": {"error": "error", "warning": "warning", "note": "note"},
    "github": {"error": "error", "warning": "warning", "notice": "note"},
    "gitlab": {"critical": "error", "major": "warning", "info": "note"},
    "checkstyle": {"error": "error", "warning": "warning", "info": "note"},
    "rdjson": {"ERROR": "error", "WARNING": "warning", "INFO": "note"},
    "lsp": {1: "error", 2: "warning", 3: "note"},
}
LINE_END = re.compile(r"\r\n|\n|\r")


def shown(text):
    """How a text reads in a format that has no way to say control characters."""
    hidden = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    return re.sub(hidden, lambda found: "\\u{%x}" % ord(found[0]), text)


class Case:
    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        self.report = json.loads(self.text("report.json"))
        self.stdin = json.loads(self.text("stdin.json"))
        self.findings = [
            (file["path"], found) for file in self.report["files"] for found in file["diagnostics"]
        ]

    def text(self, name):
        return (self.folder / name).read_bytes().decode("utf-8")

    def source(self, path):
        """The text of a file that was checked."""
        name = "../stdin" if path == self.stdin else path
        return (self.folder / "files" / name).read_bytes().decode("utf-8")

    def marked(self, path, found):
        """What a finding is about, by its bytes."""
        offsets = [found["range"][end]["offset"] for end in ("start", "end")]
        return self.source(path).encode()[slice(*offsets)].decode()

    def replacement(self, path, edits):
        """The text from the first edit to the last one, before and after."""
        source = self.source(path).encode()
        spans = [[edit["range"][end]["offset"] for end in ("start", "end")] for edit in edits]
        first, last = spans[0][0], spans[-1][1]
        new, done = b"", first
        for (start, end), edit in zip(spans, edits, strict=True):
            new += source[done:start] + edit["text"].encode()
            done = end
        return source[first:last].decode(), new.decode()

    def between(self, path, start, end, unit):
        """What stands between two places, given as line and column from 0, in units of one to four bytes."""
        text = self.source(path)
        encoding = {1: "utf-8", 2: "utf-16-le", 4: "utf-32-le"}[unit]
        starts = [0, *(found.end() for found in LINE_END.finditer(text))]
        offset = lambda line, column: len(
            (text[starts[line]:].encode(encoding)[: column * unit]).decode(encoding)
        ) + starts[line]
        return text[offset(*start):offset(*end)]

    def sentence(self, found):
        return "; ".join(part for part in (found["message"], found["help"]) if part)


def same(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}: {got!r}, not {wanted!r}")


def read_sarif(case, schema):
    log = json.loads(case.text("sarif"))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=checker)
    for error in validator.iter_errors(log):
        raise AssertionError(f"{error.json_path}: {error.message}")
    read = loader.load_sarif_file(str(case.folder / "sarif"))
    same("runs", len(read.runs), 1)
    same("results", read.get_result_count(), len(case.findings))
    (run,) = log["runs"]
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    same("base", Path(unquote(urlsplit(base).path)).resolve(), (case.folder / "files").resolve())
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    same("rules", rules, sorted({found["rule"] for _, found in case.findings}))
    prints = [tuple(result["partialFingerprints"].values()) for result in run["results"]]
    same("fingerprints", len(set(prints)), len(prints))
    for record, result, (path, found) in zip(read.get_records(), run["results"], case.findings):
        same("rule", record["Code"], found["rule"])
        same("line", record["Line"], found["range"]["start"]["line"])
        same("severity", SEVERITIES["sarif"][record["Severity"]], found["severity"])
        same("message", result["message"]["text"], case.sentence(found))
        place = result["locations"][0]["physicalLocation"]
        same("base", place["artifactLocation"]["uriBaseId"], "%SRCROOT%")
        same("path", unquote(place["artifactLocation"]["uri"]), path)
        region = lambda region: case.between(
            path,
            (region["startLine"] - 1, region["startColumn"] - 1),
            (region["endLine"] - 1, region["endColumn"] - 1),
            4,
        )
        same("region", region(place["region"]), case.marked(path, found))
        same("related", len(result.get("relatedLocations", [])), len(found["related"]))
        for fix, wanted in zip(result.get("fixes", []), found["fixes"], strict=True):
            for edit, want in zip(fix["artifactChanges"][0]["replacements"], wanted["edits"], strict=True):
                same("edit", region(edit["deletedRegion"]), case.marked(path, want))
                same("text", edit["insertedContent"]["text"], want["text"])


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read_github(case, _):
    """As the runner does: properties end at the first `::`, and are parted by commas."""
    lines = case.text("github").split("\n")
    same("end", lines.pop(), "")
    decoded = lambda text: (
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    )
    read = []
    for line in lines:
        command = COMMAND.fullmatch(line)
        if not command:
            raise AssertionError(f"no command: {line}")
        properties = dict(part.split("=", 1) for part in command[2].split(","))
        properties = {name: decoded(value) for name, value in properties.items()}
        unescaped = command[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        read.append((SEVERITIES["github"][command[1]], properties, unescaped))
    by_severity = {}
    for index, (_, found) in enumerate(case.findings):
        by_severity.setdefault(found["severity"], []).append(index)
    left_out = any(len(indices) > 10 for indices in by_severity.values())
    # The count of the rest is a notice itself.
    most = {"error": 10, "warning": 10, "note": 9 if left_out and len(by_severity.get("note", [])) > 9 else 10}
    order = sorted(index for severity, indices in by_severity.items() for index in indices[: most[severity]])
    if len(by_severity.get("note", [])) == 10 and not left_out:
        order.append(order.pop(order.index(by_severity["note"][9])))
    wanted = [case.findings[index] for index in order]
    if left_out:
        _, properties, text = read.pop()
        same("last line", properties, {"title": "cardlint"})
        same("rest", sum(map(int, re.findall(r"(\d+) more", text))), len(case.findings) - len(wanted))
    for (severity, properties, text), (path, found) in zip(read, wanted, strict=True):
        same("path", properties["file"], shown(path))
        same("severity", severity, found["severity"])
        same("title", properties["title"], found["rule"])
        same("line", int(properties["line"]), found["range"]["start"]["line"])
        if "col" in properties:
            same("column", int(properties["col"]), found["range"]["start"]["column"])
        same("text", text, shown(case.sentence(found)))


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Lines(Strict):
    begin: int = Field(ge=1)
    end: int = Field(ge=1)


class Location(Strict):
    path: str = Field(min_length=1)
    lines: Lines


class Issue(Strict):
    type: str = Field(pattern="^issue$")
    check_name: str = Field(min_length=1)
    description: str = Field(min_length=1)
    categories: list[str]
    severity: str = Field(pattern="^(info|minor|major|critical|blocker)$")
    fingerprint: str = Field(pattern="^[0-9a-f]+$")
    location: Location


def read_gitlab(case, _):
    issues = TypeAdapter(list[Issue]).validate_json(case.text("gitlab"))
    same("fingerprints", len({issue.fingerprint for issue in issues}), len(issues))
    for issue, (path, found) in zip(issues, case.findings, strict=True):
        same("path", issue.location.path, path)
        same("lines", issue.location.lines.begin, found["range"]["start"]["line"])
        same("lines", issue.location.lines.end, found["range"]["end"]["line"])
        same("rule", issue.check_name, found["rule"])
        same("severity", SEVERITIES["gitlab"][issue.severity], found["severity"])
        same("description", issue.description, case.sentence(found))


def read_junit(case, _):
    suites = list(junitparser.JUnitXml.fromstring(case.text("junit").encode()))
    for suite, file in zip(suites, case.report["files"], strict=True):
        cases = list(suite)
        stated = suite.tests, suite.failures, suite.skipped, suite.errors
        suite.update_statistics()
        same("counts", stated, (suite.tests, suite.failures, suite.skipped, suite.errors))
        same("path", suite.name, shown(file["path"]))
        if not file["diagnostics"]:
            same("passed", [test.is_passed for test in cases], [True])
            continue
        for test, found in zip(cases, file["diagnostics"], strict=True):
            start = found["range"]["start"]
            same("name", test.name, f"{found['rule']} at {start['line']}:{start['column']}")
            same("class", test.classname, shown(file["path"]))
            (result,) = test.result
            same("message", result.message, shown(case.sentence(found)))
            kind = junitparser.Skipped if found["severity"] == "note" else junitparser.Failure
            same("kind", type(result), kind)


def read_checkstyle(case, _):
    root = ElementTree.fromstring(case.text("checkstyle").encode())
    same("root", root.tag, "checkstyle")
    for file, wanted in zip(root, case.report["files"], strict=True):
        same("file", (file.tag, dict(file.attrib)), ("file", {"name": shown(wanted["path"])}))
        for error, found in zip(file, wanted["diagnostics"], strict=True):
            start = found["range"]["start"]
            severities = {name: other for other, name in SEVERITIES["checkstyle"].items()}
            attributes = {
                "line": str(start["line"]),
                "column": str(start["column"]),
                "severity": severities[found["severity"]],
                "message": shown(case.sentence(found)),
                "source": f"cardlint.{found['rule']}",
            }
            same("error", (error.tag, dict(error.attrib)), ("error", attributes))


def read_rdjson(case, _):
    """Its form is held by a reader of its own; these are its places."""
    result = json.loads(case.text("rdjson"))
    for entry, (path, found) in zip(result["diagnostics"], case.findings, strict=True):
        same("path", entry["location"]["path"], path)
        same("severity", SEVERITIES["rdjson"][entry["severity"]], found["severity"])
        same("code", entry["code"]["value"], found["rule"])
        same("message", entry["message"], case.sentence(found))
        place = lambda range: [(range[end]["line"] - 1, range[end]["column"] - 1) for end in ("start", "end")]
        same("range", case.between(path, *place(entry["location"]["range"]), 1), case.marked(path, found))
        fixes = [case.replacement(path, fix["edits"]) for fix in found["fixes"]]
        for suggestion, (old, new) in zip(entry.get("suggestions", []), fixes, strict=True):
            same("suggestion", suggestion["text"], new)
            same("replaced", case.between(path, *place(suggestion["range"]), 1), old)


def read_lsp(case, _):
    convert = converters.get_converter()
    lines = case.text("lsp").split("\n")
    same("end", lines.pop(), "")
    base = (case.folder / "files").resolve().as_uri() + "/"
    told = {}
    for line in lines:
        message = convert.structure(json.loads(line), types.PublishDiagnosticsNotification)
        same("method", message.method, "textDocument/publishDiagnostics")
        told[message.params.uri] = message.params.diagnostics
    for file in case.report["files"]:
        path = file["path"]
        uris = [uri for uri in told if unquote(uri) in (unquote(base) + path, "untitled:stdin")]
        for found, wanted in zip(told[uris[0]], file["diagnostics"], strict=True):
            same("code", found.code, wanted["rule"])
            same("severity", SEVERITIES["lsp"][int(found.severity)], wanted["severity"])
            same("link", found.code_description.href, wanted["url"])
            place = lambda range: [(end.line, end.character) for end in (range.start, range.end)]
            same("range", case.between(path, *place(found.range), 2), case.marked(path, wanted))
            same("related", len(found.related_information or []), len(wanted["related"]))
            for fix, want in zip(found.data["fixes"], wanted["fixes"], strict=True):
                edits = [convert.structure(edit, types.TextEdit) for edit in fix["edits"]]
                for edit, wanted_edit in zip(edits, want["edits"], strict=True):
                    same("edit", edit.new_text, wanted_edit["text"])
                    replaced = case.between(path, *place(edit.range), 2)
                    same("replaced", replaced, case.marked(path, wanted_edit))
    same("files", len(told) >= len(case.report["files"]), True)


READERS = [read_sarif, read_github, read_gitlab, read_junit, read_checkstyle, read_rdjson, read_lsp]


def main(schema, cases):
    schema = json.loads(Path(schema).read_text())
    failed = read = 0
    for folder in sorted(Path(cases).iterdir()):
        case = Case(folder)
        for reader in READERS:
            read += 1
            try:
                reader(case, schema)
            except Exception as error:
                failed += 1
                print(f"{case.name}: {reader.__name__}: {type(error).__name__}: {str(error)[:600]}")
    print(f"{read - failed} of {read} documents are read as they are meant")
    return 1 if failed or not read else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
