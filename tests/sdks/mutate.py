"""Cards with one random change each. The same seed gives the same cards."""

import copy
import json
import random

TEXTS = ["", "REST", "grpc", "none", "1.0", "1.0.0", "0.3.0", "0.2.9", "latest", "text", "body", "ftp://agents.example.com", "localhost:8080"]
MEMBERS = {
    "url": "https://agents.example.com/a2a",
    "preferredTransport": "JSONRPC",
    "protocolVersion": "0.3.0",
    "protocolVersions": ["1.0"],
    "authentication": {"schemes": ["bearer"]},
    "additionalInterfaces": [{"transport": "GRPC", "url": "https://agents.example.com/grpc"}],
    "supportedInterfaces": [
        {"url": "https://agents.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"}
    ],
    "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    "security": [{"key": []}],
    "securityRequirements": [{"schemes": {"key": {"list": []}}}],
    "supportsAuthenticatedExtendedCard": True,
    "supportsExtendedAgentCard": True,
    "capabilities": {"extendedAgentCard": True},
    "extensions": [{"uri": "https://agents.example.com/extension/v1"}],
    "provider": {"organization": "Example", "url": "https://example.com"},
    "signatures": [{"protected": "e30", "signature": "e30"}],
    "tenant": "one",
    "owner": "Example",
}


def mutations(cards, count, seed):
    """`count` pairs of a name and a text. `cards` are pairs of a name and a card."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        name, card = cards[made % len(cards)]
        change = chance.choice(CHANGES + TEXT_CHANGES)
        before = write(card)
        if change in TEXT_CHANGES:
            text = change(before, chance)
        else:
            changed = copy.deepcopy(card)
            change(changed, chance)
            text = write(changed)
        if text != before:
            made += 1
            yield f"{name}-{change.__name__}", text


def write(card):
    return json.dumps(card, indent=2, ensure_ascii=False) + "\n"


def places(value):
    """Each container with a key or an index in it."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from places(value[key])


def pick(card, chance, fits=lambda holder, key: True):
    found = [(holder, key) for holder, key in places(card) if fits(holder, key)]
    return chance.choice(found) if found else ({}, None)


def drop(card, chance):
    holder, key = pick(card, chance)
    del holder[key]


def null(card, chance):
    holder, key = pick(card, chance)
    holder[key] = None


def other_type(card, chance):
    holder, key = pick(card, chance)
    values = [7, True, "text", ["text"], {"text": "text"}, [{}], "true"]
    holder[key] = chance.choice([value for value in values if type(value) is not type(holder[key])])


def empty(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder[key], (str, list, dict)))
    if key is not None:
        holder[key] = type(holder[key])()


def other_text(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder[key], str))
    if key is not None:
        holder[key] = chance.choice(TEXTS)


def rename(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(key, str))
    if key is None or len(key) < 3:
        return
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in key)
    at = chance.randrange(1, len(key) - 1)
    name = chance.choice([snake, key.capitalize(), key.lower(), key + "s", key[:at] + key[at + 1 :]])
    entries = [(name if each == key else each, value) for each, value in holder.items()]
    holder.clear()
    holder.update(entries)


def wrap(card, chance):
    holder, key = pick(card, chance)
    holder[key] = [holder[key]]


def unwrap(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder[key], list) and holder[key])
    if key is not None:
        holder[key] = holder[key][0]


def repeat(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder[key], list) and holder[key])
    if key is not None:
        holder[key].append(copy.deepcopy(chance.choice(holder[key])))


def move(card, chance):
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder, dict))
    target, inner = pick(card, chance, lambda holder, key: isinstance(holder[key], dict))
    if inner is None or isinstance(holder[key], dict) and target[inner] is holder[key]:
        return
    value = holder.pop(key)
    if inner in target:
        target[inner][key] = copy.deepcopy(value)


def add(card, chance):
    name = chance.choice(list(MEMBERS))
    holder, key = pick(card, chance, lambda holder, key: isinstance(holder[key], dict))
    target = card if chance.random() < 0.7 or key is None else holder[key]
    target[name] = copy.deepcopy(MEMBERS[name])


def delete_letter(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def insert_letter(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(",:{}[]\"'\\\t#/0-.eNt") + text[at:]


def insert_token(text, chance):
    at = chance.choice([at for at, letter in enumerate(text) if letter in " \n"])
    return text[:at] + chance.choice([" 1e400 ", " NaN ", " null ", ' "x" ', " {} ", " // x\n", " -0 ", " True ", " 0x1F "]) + text[at:]


def change_lines(text, chance):
    lines = text.split("\n")
    at = chance.randrange(len(lines) - 1)
    lines[at : at + 1] = chance.choice([[], [lines[at], lines[at]]])
    return "\n".join(lines)


TEXT_CHANGES = [delete_letter, insert_letter, insert_token, change_lines]
CHANGES = [drop, null, other_type, empty, other_text, rename, wrap, unwrap, repeat, move, add]
