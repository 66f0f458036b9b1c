// Checks documents against a Schematron schema: `node schematron.js schema.sch document.xml …` prints what is wrong.
import { readFileSync } from "node:fs";
import schematron from "node-schematron";

const [rules, ...documents] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const schema = schematron.Schema.fromString(rules);
const messages = documents.flatMap((text) => schema.validateString(text).map((result) => result.message.trim()));
process.stdout.write(JSON.stringify(messages));
