import { term, page } from "./content.js";

export const data = {
  pagination: { data: "record.issues", size: 1, alias: "one" },
  permalink: ({ one }) => `issues/${one.id}/index.html`,
};

export const render = ({ one, record }) => page(one.entry.name, term(one, record.registry));
