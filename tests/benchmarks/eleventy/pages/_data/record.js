import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";

const load = (file) => yaml.load(readFileSync(file, "utf8"), { schema: yaml.FAILSAFE_SCHEMA });

export default function () {
  const record = { events: [], issues: [], people: [], registry: {} };
  for (const name of ["people", "issues", "places", "sources"]) {
    record.registry[name] = load(`data/registry/${name}.yml`);
  }
  for (const name of ["issues", "people"]) {
    record[name] = Object.entries(record.registry[name]).map(([id, entry]) => ({ id, kind: name, entry, events: [] }));
  }
  const by = Object.fromEntries([...record.issues, ...record.people].map((term) => [term.kind + term.id, term]));
  for (const year of readdirSync("data/events").sort()) {
    for (const file of readdirSync(`data/events/${year}`).sort()) {
      const event = { id: file.slice(0, -4), ...load(`data/events/${year}/${file}`) };
      record.events.push(event);
      const terms = new Set((event.issues ?? []).map((at) => "issues" + at.issue));
      for (const one of event.participants ?? []) terms.add("people" + one.person);
      for (const one of event.quotes ?? []) terms.add("people" + one.speaker);
      for (const term of terms) by[term]?.events.push(event);
    }
  }
  return record;
}
