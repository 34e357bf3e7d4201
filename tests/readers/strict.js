// Compiles every bundled schema with ajv in strict mode, and validates every document with its schema.
// node strict.js READERS LIST, where a line of LIST is: schema, tab, document, tab, `valid` or `invalid`.
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const [readers, list] = process.argv.slice(2);
const from = createRequire(`${readers}/package.json`);
const Ajv = from("ajv/dist/2020").default;
const formats = from("ajv-formats").default;

const compiled = new Map();
const faults = [];
const texts = new Map();

function read(path) {
  if (!texts.has(path)) texts.set(path, JSON.parse(readFileSync(path, "utf8")));
  return texts.get(path);
}

function compile(path) {
  if (!compiled.has(path)) {
    // Formats are known, and only annotations, as in cardlint.
    const ajv = formats(new Ajv({ strict: true, validateFormats: false, logger: false }));
    try {
      compiled.set(path, ajv.compile(read(path)));
    } catch (error) {
      faults.push(`${path}: ${error.message}`);
      compiled.set(path, null);
    }
  }
  return compiled.get(path);
}

let documents = 0;
for (const line of readFileSync(list, "utf8").split("\n").filter(Boolean)) {
  const [schema, document, verdict] = line.split("\t");
  const validate = compile(schema);
  if (!validate || !document) continue;
  documents += 1;
  const valid = validate(read(document)) ? "valid" : "invalid";
  if (valid !== verdict) faults.push(`${document}: ${valid} by ${schema}, ${verdict} by cardlint`);
}
console.log(`${compiled.size} schemas, ${documents} documents`);
for (const fault of faults) console.log(fault);
process.exit(faults.length ? 1 : 0);
