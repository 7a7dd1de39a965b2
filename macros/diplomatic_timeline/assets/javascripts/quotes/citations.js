/* The citation of a single quote, made of what stands on the page, in the formats in which whole pages are cited, and
   a button beside each form that copies it. Without a script "cite" leads to the citation of the quote's page.
   A classic script, as lists/lists.js. */
(() => {
  "use strict";

  const { address, copier, each, make } = /** @type {any} */ (window).dtQuotes;
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
  });
  /** @param {string} text */
  const tex = (text) => plain(text.replace(/[\\{}$&#%_~^]/g, (sign) => SIGNS[sign] || `\\${sign}`));
  /** @param {string} url */
  const encoded = (url) => url.replace(/[\\{}]/g, encodeURIComponent);

  /** @param {HTMLAnchorElement} link @returns {Quote} */
  function read(link) {
    const figure = /** @type {HTMLElement} */ (link.closest(".dt-quote"));
    const all = (/** @type {string} */ name) => plain(figure.querySelector(name)?.textContent || "");
    const permalink = figure.querySelector("[data-dt-permalink]");
    const site = document.querySelector("meta[property='og:site_name']")?.getAttribute("content");
    const url = address(/** @type {HTMLAnchorElement} */ (permalink), true);
    return {
      id: url.split("#")[1] || "",
      words: plain(figure.querySelector(".dt-quote__words p")?.textContent?.slice(words("marks.open").length, -words("marks.close").length) || ""),
      language: figure.querySelector(".dt-quote__words")?.getAttribute("lang") || "",
      speaker: all(".dt-quote__speaker b a"),
      date: all(".dt-quote__when .dt-date"),
      edtf: link.dataset.dtSaid || "",
      event: link.dataset.dtCite || "",
      source: link.dataset.dtSource || "",
      publisher: all(".dt-quote__source a"),
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

  /** @param {Quote} q @returns {{key: string, label: string, text: string, work?: string, code?: boolean}[]} */
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

  /** The same markup as components/cite.html. @param {Quote} quote */
  function panel(quote) {
    const whole = make("div", "dt-cite");
    const choices = make("fieldset", "dt-cite__formats", make("legend", "dt-hidden", words("cite.format_of_quote", { speaker: quote.speaker })));
    const name = `cite-${(panels += 1)}`;
    whole.append(choices);
    for (const form of forms(quote)) {
      const input = document.createElement("input");
      input.type = "radio";
      input.name = name;
      input.value = form.key;
      input.defaultChecked = form.key === "chicago";
      choices.append(make("label", "dt-cite__format", input, ` ${form.label}`), "\n");
      const text = make(form.code ? "pre" : "p", "dt-cite__text");
      if (form.work) text.append(make("i", "", form.work));
      text.append(form.text);
      const shown = make("div", `dt-cite__form dt-cite__form--${form.key}`, make("p", "dt-cite__label", form.label), text);
      shown.dataset.dtForm = form.label;
      whole.append(shown);
    }
    whole.querySelectorAll("[data-dt-form]").forEach(copyable);
    return whole;
  }

  /** @param {Element} form */
  function copyable(form) {
    const text = /** @type {HTMLElement} */ (form.querySelector(".dt-cite__text"));
    const shown = /** @type {HTMLElement} */ (form);
    shown.dataset.dtDone = "";
    shown.append(copier(words("copy.copy"), words("copy.form", { form: shown.dataset.dtForm }), () => text.textContent || "", words("copy.select")));
  }

  /** @param {HTMLAnchorElement} link */
  function citable(link) {
    link.dataset.dtDone = "";
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    const open = () => {
      const figure = /** @type {HTMLElement} */ (link.closest(".dt-quote"));
      const shown = figure.querySelector(".dt-cite");
      if (shown) shown.remove();
      else link.closest("p")?.after(panel(read(link)));
      link.setAttribute("aria-expanded", String(!shown));
    };
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
  }

  each("data-dt-form", copyable);
  each("data-dt-cite", citable);
})();
