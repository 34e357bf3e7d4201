"""Cards of a given size, the same ones at every call: A2A 0.3.0, each distinct, clean or with ten findings."""

import json
import pathlib
import random

WORDS = (
    "answers questions about tides winds and harbours along the coast books a berth for the night tells when the "
    "bridge opens how deep the water is at noon which buoys are lit where fuel is sold what the pilot charges"
).split()


def text(draw, words):
    return " ".join(draw.choice(WORDS) for _ in range(words)).capitalize() + "."


def skill(draw, number):
    return {
        "id": f"skill-{number}",
        "name": text(draw, 3)[:-1],
        "description": text(draw, 14),
        "tags": draw.sample(WORDS, 3),
        "examples": [text(draw, 6), text(draw, 5)],
        "inputModes": ["text/plain", "application/json"],
        "outputModes": ["application/json"],
    }


def card(number, size):
    """A card of about `size` bytes, indented; with several endpoints, schemes and requirements from 3,000 bytes on."""
    draw = random.Random(number)
    host = f"https://agent{number}.example.com"
    made = {
        "protocolVersion": "0.3.0",
        "name": f"Harbour Agent {number}",
        "description": text(draw, 20),
        "url": f"{host}/a2a",
        "preferredTransport": "JSONRPC",
        "version": f"1.{number % 50}.0",
        "capabilities": {"streaming": True, "pushNotifications": False},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain", "application/json"],
    }
    if size >= 3000:
        made["additionalInterfaces"] = [
            {"url": f"{host}/a2a", "transport": "JSONRPC"},
            {"url": f"{host}/rest", "transport": "HTTP+JSON"},
        ]
        made["provider"] = {"organization": "Harbour Office", "url": "https://harbour.example.com"}
        made["documentationUrl"] = "https://harbour.example.com/docs"
        made["securitySchemes"] = {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "login": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://id.example.com/token",
                        "scopes": {"tides": "Read tide tables", "berths": "Book berths"},
                    }
                },
            },
        }
        made["security"] = [{"login": ["tides"]}, {"key": []}]
    skills, length = [], len(json.dumps(made, indent=2))
    while length < size - 250 or not skills:
        skills.append(skill(draw, len(skills)))
        length += len(json.dumps(skills[-1], indent=2).replace("\n", "\n    ")) + 6
    made["skills"] = skills
    return made


def with_ten_faults(made):
    """`made` with ten mistakes that a schema sees as well: four members missing, six of the wrong type."""
    for name in ("name", "version", "defaultInputModes"):
        del made[name]
    made["url"] = 5
    made["capabilities"]["streaming"] = "yes"
    made["capabilities"]["pushNotifications"] = 1
    made["defaultOutputModes"] = "text/plain"
    del made["skills"][0]["id"]
    made["skills"][0]["tags"] = "tides"
    made["skills"][-1]["examples"] = "When is high water?"
    return made


def write(folder, count, size, faults=False):
    """Writes `count` cards into `folder`, which is made if need be; gives their paths."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        made = card(number, size)
        made = with_ten_faults(made) if faults else made
        path = folder / f"card-{number:06}.json"
        path.write_text(json.dumps(made, indent=2) + "\n")
        paths.append(str(path))
    return paths
