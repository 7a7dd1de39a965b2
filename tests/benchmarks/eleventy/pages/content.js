import { readFileSync } from "node:fs";
import markdown from "markdown-it";

const shell = readFileSync("shell.html", "utf8").split("<!--main-->");
const prose = markdown();
const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;" };
export const esc = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => signs[sign]);
const each = (list, make) => (list ?? []).map(make).join("\n");

export const page = (title, main) => shell.join(main).replaceAll("<!--title-->", esc(title));

export const quote = (q, registry) => {
  const speaker = registry.people[q.speaker];
  const source = registry.sources[q.source];
  return `<figure class="dt-quote dt-party--${q.party}" id="q-${q.id}"><blockquote><p>${esc(q.text)}</p></blockquote>
${q.original ? `<p lang="${q.original.language}">${esc(q.original.text)}</p>` : ""}
<figcaption>${esc(speaker ? `${speaker.name} ${speaker.native_name ?? ""}` : q.speaker)}, ${esc(q.post)} · ${q.date ?? ""}
${esc(q.occasion)} · ${q.issues.join(", ")} · ${q.rendering} · <a href="${esc(source.url)}">${esc(source.title)}</a>,
${esc(q.locator)} ${esc(q.note)}</figcaption></figure>`;
};

export const event = (e, registry) => `<h1>${esc(e.title)}</h1>
<p class="dt-facts"><time datetime="${e.date}">${e.date}</time> · ${e.kind} · ${e.level} ·
${esc(registry.places[e.place]?.name)}</p>
<h2 id="delegations">Delegations</h2>
<ul>${each(e.participants, (p) => `<li class="dt-party--${p.party}"><a href="../../people/${p.person}/index.html">
${esc(registry.people[p.person].name)} ${registry.people[p.person].native_name ?? ""}</a>, ${esc(p.post)} (${p.role})</li>`)}</ul>
<h2 id="summary">What happened</h2>${prose.render(e.summary)}
<h2 id="issues">At issue</h2>
${each(e.issues, (i) => `<h3 id="i-${i.issue}"><a href="../../issues/${i.issue}/index.html">
${esc(registry.issues[i.issue].name)}</a></h3><p>${i.outcome ?? ""}</p>
${each(Object.entries(i.positions ?? {}), ([party, position]) => `<p class="dt-party--${party}">${party}:
${esc(position.statement)} ${each(position.quotes, (id) => `<a href="#q-${id}">quote</a>`)}</p>`)}`)}
<h2 id="quotes">What was said</h2>
${each(e.quotes, (q) => quote(q, registry))}
<h2 id="commitments">Commitments</h2>
${each(e.commitments, (c) => `<article id="c-${c.id}"><p>${c.made_by.join(", ")}: ${esc(c.statement)}</p>
<p>${c.due ? `Due ${c.due} · ` : ""}${c.status} · checked ${c.last_checked}</p></article>`)}
<h2 id="sources">Sources</h2>
<ul>${each(e.sources, (id) => `<li><a href="${esc(registry.sources[id].url)}">${esc(registry.sources[id].title)}</a>,
${esc(registry.sources[id].publisher)}, ${registry.sources[id].published}</li>`)}</ul>
${e.related ? `<h2 id="related">Related events</h2><ul>${each(e.related, (id) => `<li><a href="../${id}/index.html">${id}</a></li>`)}</ul>` : ""}`;

export const term = (t, registry) => `<h1>${esc(t.entry.name)}</h1>
${each(t.events.slice(-40).reverse(), (e) => `<h2><a href="../../events/${e.id}/index.html">${e.date} ${esc(e.title)}</a></h2>
${each((e.quotes ?? []).filter((q) => q.speaker === t.id || q.issues.includes(t.id)), (q) => quote(q, registry))}`)}`;
