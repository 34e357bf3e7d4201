"""What a2a-sdk makes of cards: paths on standard input, a line of JSON for each on standard output.

With the argument `verdict` the answer has no card, and a2a-sdk 1 also has to find all required members, as its server demands
of a request. By itself it parses `{}`.
"""

import json
import sys

is_verdict = "verdict" in sys.argv

try:
    from a2a.client.card_resolver import parse_agent_card
    from a2a.utils.proto_utils import validate_proto_required_fields
    from google.protobuf.json_format import MessageToDict

    def read(card):
        parsed = parse_agent_card(card)
        if is_verdict:
            validate_proto_required_fields(parsed)
        return MessageToDict(parsed)

except ImportError:
    from a2a.types import AgentCard

    def read(card):
        return AgentCard.model_validate(card).model_dump(mode="json", by_alias=True, exclude_none=True)


def reason(error):
    """One line: the members that are at fault where the error lists them, else what it says."""
    if isinstance(getattr(error, "data", None), dict) and "errors" in error.data:
        return "; ".join(f"{each['field']}: {each['message']}" for each in error.data["errors"])
    if callable(getattr(error, "errors", None)):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return str(error).split("\n")[0]


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        with open(path, encoding="utf-8") as file:
            card = read(json.load(file))
        answer = {} if is_verdict else {"card": card}
    except Exception as error:  # whatever a reader throws is its answer
        answer = {"error": f"{type(error).__name__}: {reason(error)}"}
    print(json.dumps({"path": path, **answer}))
