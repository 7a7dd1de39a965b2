import { event, page } from "./content.js";

export const data = {
  pagination: { data: "record.events", size: 1, alias: "one" },
  permalink: ({ one }) => `events/${one.id}/index.html`,
};

export const render = ({ one, record }) => page(one.title, event(one, record.registry));
