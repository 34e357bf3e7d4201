// What @a2a-js/sdk makes of cards: paths on standard input, a line of JSON for each on standard output.
// With the argument `verdict` the answer has no card.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { DefaultAgentCardResolver } = await load("@a2a-js/sdk/client");
const sdk = await load("@a2a-js/sdk");

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const text = readFileSync(path, "utf8");
  const answer = { path };
  try {
    const fetchImpl = async () => new Response(text, { headers: { "content-type": "application/json" } });
    const resolver = new DefaultAgentCardResolver({ fetchImpl, legacyCompat: { enabled: true } });
    const card = await resolver.resolve("https://agents.example.com");
    // A card that the resolver translated has the form of the library; one that it passed on is still the JSON.
    const isParsed = Object.values(card.securitySchemes ?? {}).some((scheme) => scheme?.scheme?.$case);
    answer.card = sdk.AgentCard?.toJSON ? sdk.AgentCard.toJSON(isParsed ? card : sdk.AgentCard.fromJSON(card)) : card;
  } catch (error) {
    answer.error = `${error.name}: ${error.message}`.split("\n")[0];
  }
  if (process.argv.includes("verdict")) delete answer.card;
  console.log(JSON.stringify(answer));
}
