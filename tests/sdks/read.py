"""What a2a-sdk makes of cards: paths on standard input, a line of JSON for each on standard output."""

import json
import sys

try:
    from a2a.client.card_resolver import parse_agent_card
    from google.protobuf.json_format import MessageToDict

    def read(card):
        return MessageToDict(parse_agent_card(card))

except ImportError:
    from a2a.types import AgentCard

    def read(card):
        return AgentCard.model_validate(card).model_dump(mode="json", by_alias=True, exclude_none=True)


for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, encoding="utf-8") as file:
        card = json.load(file)
    try:
        answer = {"card": read(card)}
    except Exception as error:  # whatever a reader throws is its answer
        answer = {"error": f"{type(error).__name__}: {error}".split("\n")[0]}
    print(json.dumps({"path": path, **answer}))
