import { term, page } from "./content.js";

export const data = {
  pagination: { data: "record.people", size: 1, alias: "one" },
  permalink: ({ one }) => `people/${one.id}/index.html`,
};

export const render = ({ one, record }) => page(one.entry.name, term(one, record.registry));
