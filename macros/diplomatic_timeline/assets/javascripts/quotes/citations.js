/* Citations in several formats, with a button beside each form that copies it: of a page, from a file of its own; of a
   single quote, made of what stands on the page, together with a button that copies the words with where they are
   from. Fetched by cite.js when a reader asks for one. */
(() => {
  "use strict";

  const { address, copier, copyable, make, named } = /** @type {any} */ (window).dtQuotes;
  const { quoted, sentence, words } = /** @type {any} */ (window).dtWords;

  /** @typedef {{id: string, words: string, language: string, speaker: string, date: string, edtf: string,
        event: string, source: string, publisher: string, site: string, url: string}} Quote */

  /** @param {string} text */
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  /** Inside quotation marks, double ones become single. @param {string} text */
  const inner = (text) => text.replace(/[“„]/g, "‘").replace(/”/g, "’");
  /** With its last full stop or comma where a note wants it. @param {string} text @param {string} mark */
  const ended = (text, mark) => (mark === "." && /[.?!]$/.test(text) ? text : text.replace(/[.,]$/, "") + mark);

  const SIGNS = /** @type {Record<string, string>} */ ({
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
    "`": "\\textasciigrave{}",
    "-": "-{}",
    "'": "'{}",
  });
  /** @param {string} text */
  const tex = (text) => plain(text.replace(/[\\{}$&#%_~^<>|`]|-(?=-)|'(?=')/g, (sign) => SIGNS[sign] || `\\${sign}`));
  /** @param {string} url */
  const encoded = (url) => url.replace(/[\\{}]/g, encodeURIComponent);

  /** @param {HTMLElement} about @returns {Quote} */
  function read(about) {
    // On another page than its event's, the figure there says more than the one here.
    const figure = /** @type {any} */ (about).dtFrom || about.closest(".dt-quote");
    const all = (/** @type {string} */ name) => plain((figure.querySelector(name) || about.querySelector(name))?.textContent || "");
    const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content");
    const url = address(/** @type {HTMLAnchorElement} */ (about.querySelector("[data-dt-permalink]")), true);
    const said = figure.querySelector("blockquote p")?.cloneNode(true);
    if (said instanceof Element) said.querySelector(".dt-quote__lead")?.remove();
    return {
      id: url.split("#")[1] || "",
      words: plain(said?.textContent || "").slice(words("marks.open").length, -words("marks.close").length),
      language: figure.querySelector("blockquote")?.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang,
      speaker: all("figcaption b"),
      date: all("time, .dt-date"),
      edtf: about.dataset.dtSaid || "",
      event: about.dataset.dtEvent || plain(document.querySelector("h1")?.textContent || ""),
      source: all(".dt-about__source"),
      publisher: all("figcaption cite"),
      site: site || document.title,
      url,
    };
  }

  /** The years, months and days of an EDTF date, one list for each end; none where it is not made of these.
      @param {string} edtf */
  function dated(edtf) {
    const ends = edtf.split("/").map((end) => /^(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?[~?%]?$/.exec(end));
    const whole = /** @type {RegExpExecArray[]} */ (ends.every(Boolean) ? ends : []);
    return { days: whole.map((end) => end.slice(1).filter(Boolean)), circa: /[~?%]/.test(edtf) };
  }

  /** @param {Quote} q @returns {Form[]} */
  function forms(q) {
    const { days, circa } = dated(q.edtf);
    const year = days.length ? days[0][0] : "";
    const about = sentence(words("cite.quotation", { speaker: q.speaker, date: q.date }));
    const origin = words("cite.quoted_in", { source: q.source, publisher: q.publisher });
    const title = (/** @type {string} */ text, /** @type {string} */ mark) => quoted(ended(inner(text), mark));
    const fields = {
      author: `{${tex(q.speaker)}}`,
      title: `{${tex(quoted(q.words))}}`,
      howpublished: tex(`${q.event}, ${q.site}`),
      date: q.edtf,
      ...(year && { year }),
      url: encoded(q.url),
      langid: q.language,
      note: tex(origin),
    };
    const tags = [
      ["TY", "ELEC"], ["ID", q.id], ["AU", q.speaker], ["TI", quoted(q.words)], ["T2", `${q.event}, ${q.site}`],
      ["PY", year], ["DA", days[0] && `${[...days[0], "", ""].slice(0, 3).join("/")}/`],
      ["LA", q.language], ["UR", q.url], ["N1", origin],
      ["C1", /^[\d-]*$/.test(q.edtf) ? "" : words("cite.whole_date", { date: q.edtf })], ["ER", ""],
    ];
    const item = {
      id: q.id,
      type: "webpage",
      title: quoted(q.words),
      "container-title": `${q.event}, ${q.site}`,
      author: [{ literal: q.speaker }],
      issued: days.length ? { "date-parts": days.map((day) => day.map(Number)), ...(circa && { circa }) } : { literal: q.edtf },
      language: q.language,
      URL: q.url,
      note: origin,
    };
    return [
      { key: "chicago", label: "Chicago", text: words("cite.quote_note", { ...q, words: title(q.words, ","), source: title(q.source, ","), event: title(q.event, ",") }) },
      { key: "bibliography", label: words("cite.bibliography"), text: `${ended(q.site, ".")} ${title(q.event, ".")} ${ended(about, ".")} ${q.url}.` },
      { key: "apa", label: "APA", work: q.event, text: ` [${about}]. (${words("cite.undated")}). ${ended(q.site, ".")} ${q.url}` },
      { key: "bibtex", label: "BibTeX", code: true, text: `@misc{${q.id},\n${Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}` },
      { key: "ris", label: "RIS", code: true, text: tags.filter(([tag, value]) => value || tag === "ER").map(([tag, value]) => `${tag}  - ${plain(value)}`.trimEnd()).join("\n") + " " },
      { key: "csl", label: "CSL-JSON", code: true, text: JSON.stringify([item], null, 1) },
    ];
  }

  let panels = 0;

  /** @typedef {{key: string, label: string, text: string, work?: string, code?: boolean}} Form */

  /** A choice of forms, one of which is shown. @param {Form[]} all @param {string} legend */
  function panel(all, legend) {
    const whole = make("div", "dt-cite");
    const choices = make("fieldset", "dt-cite__formats", make("legend", "dt-hidden", legend));
    const name = `cite-${(panels += 1)}`;
    whole.append(choices);
    for (const form of all) {
      const input = document.createElement("input");
      input.type = "radio";
      input.name = name;
      input.value = form.key;
      input.defaultChecked = form.key === "chicago";
      choices.append(make("label", "dt-cite__format", input, ` ${form.label}`), "\n");
      const text = make(form.code ? "pre" : "p", "dt-cite__text");
      if (form.work) text.append(make("i", "", form.work));
      text.append(form.text);
      const shown = make("div", `dt-cite__form dt-cite__form--${form.key}`, text);
      shown.dataset.dtForm = form.label;
      whole.append(shown);
    }
    whole.querySelectorAll("[data-dt-form]").forEach(copyable);
    return whole;
  }

  /** The words with who said them, when, and where they stand. @param {Quote} q */
  const provenance = (q) => words("cite.provenance", { ...q, words: quoted(q.words) });

  /** Brings from its event's page what is on record of a quote; in a folder, where nothing can be read, leads there.
      @param {HTMLAnchorElement} link */
  async function elsewhere(link) {
    const [page, id] = (link.getAttribute("href") || "").split("#");
    try {
      const text = await (await fetch(page)).text();
      const [, title] = /** @type {RegExpExecArray} */ (/<h1[^>]*>(.*?)<\/h1>/s.exec(text));
      const frame = document.createElement("template");
      frame.innerHTML = `${title}<figure${text.split(` id="${id}"`)[1].split("</figure>")[0]}</figure>`;
      const [from, about] = /** @type {any[]} */ (["figure", "details"].map((name) => frame.content.querySelector(name)));
      about.remove();
      from.remove();
      about.dtFrom = from;
      about.dataset.dtEvent = (frame.content.textContent || "").trim();
      for (const to of about.querySelectorAll("a")) {
        const href = to.getAttribute("href") || "";
        if (!/^\w+:/.test(href)) to.setAttribute("href", href[0] === "#" ? page + href : page.replace(/[^/]*$/, "") + href);
      }
      link.replaceWith(about);
      document.dispatchEvent(new CustomEvent("dt-entries"));
      about.open = true;
      about.querySelector("summary")?.focus();
    } catch {
      location.href = `${page}?cite#${id}`;
    }
  }

  /** Adds to what "Cite or link" has opened. @param {HTMLDetailsElement} about */
  function quote(about) {
    if (about.querySelector(".dt-cite")) return;
    const said = read(about);
    const link = /** @type {HTMLElement} */ (about.querySelector("[data-dt-permalink]"));
    const copies = copier(words("copy.provenance"), words("copy.provenance_of", { link: named(link) }), () => provenance(said), words("copy.select"));
    copies.prepend(" · ");
    link.parentElement?.append(copies);
    about.append(panel(forms(said), words("cite.format_of_quote", { speaker: said.speaker })));
  }

  /** Puts a page's citation in every format in the place of the one that it has. @param {HTMLElement} cite */
  function page(cite) {
    const script = document.createElement("script");
    /** @type {any} */ (window).dtCited = (/** @type {[string, string, boolean, [string, string][]][]} */ read) => {
      const text = (/** @type {[string, string][]} */ pieces, /** @type {string} */ kind) => pieces.filter((piece) => piece[0] === kind).map((piece) => piece[1]).join("");
      const made = panel(read.map(([key, label, code, pieces]) => ({ key, label, code, work: text(pieces, "work"), text: text(pieces, "text") })), words("cite.format"));
      cite.replaceWith(made);
      made.querySelector("input")?.focus();
    };
    script.src = cite.dataset.dtCites || "";
    script.onload = () => script.remove();
    document.head.append(script);
  }

  /** @type {any} */ (window).dtCitations = { elsewhere, page, quote };
})();
