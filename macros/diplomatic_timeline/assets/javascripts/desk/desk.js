/* The page of `timeline desk`: an event's form, what would change, and saving it. Every request goes below the page's own
   address, which has the token in it. */
(() => {
  "use strict";
  const { words } = /** @type {any} */ (window).dtWords;
  const { button, changed, findings, make, part } = /** @type {any} */ (window).dtForm;
  const { at, later, pane, tell } = /** @type {any} */ (window).dtSource;
  // Shown though they are empty, beside what `timeline new` asks for.
  const SHOWN = { event: ["quotes", "commitments"], person: ["posts"], post: ["dates"], issueatevent: ["positions", "outcome"], participation: ["role"], partyposition: ["quotes"] };

  const select = /** @type {any} */ (document.querySelector("#desk-event"));
  const main = /** @type {any} */ (document.querySelector("main"));
  /** @type {Record<string, string>} Of ids, for all forms. */
  const names = {};
  /** @type {any} */
  let known;
  /** @type {any} The event that is open: its id, the digest of its file, its form, and what that said then (`saved`). */
  let open = null;
  /** @type {any} The quotation that was worked on last. */
  let quotation = null;

  async function ask(name, question) {
    try {
      const answer = await fetch(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question) });
      return answer.ok ? await answer.json() : { error: words("desk.failed") };
    } catch {
      return { error: words("desk.lost") };
    }
  }

  const draft = () => ({ kind: "event", id: open.id, digest: open.digest, fields: open.form.read() });
  /** The form's fields as a text, whatever their order. */
  const said = () => JSON.stringify(open.form.read(), (_, value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value));
  const isSaved = () => !open || said() === open.saved;
  const say = (text) => (at(open ? "state" : "file").textContent = text);

  async function load() {
    const found = await ask("record", {});
    if (found.error) return say(found.error);
    known = { ...found, ids: found.names };
    Object.assign(names, found.names);
    for (const [name, more] of Object.entries(SHOWN)) known.asked[name] = [...(known.asked[name] || []), ...more];
    const now = open?.id || select.value;
    select.replaceChildren(...known.events.map(([id, date, title]) => make("option", { value: id }, [date, title].filter(Boolean).join(" · "))));
    if (now) select.value = now;
  }

  // The form

  /** What all parts of a form share. */
  const shared = (schema) => ({
    definitions: schema.definitions,
    names,
    asked: known.asked,
    choices: (name) => (/^quotes?$/.test(name) && open ? quoted(open.form?.read().quotes) : null),
    made: (item) => {
      if (item.name === "quotes" && item.parts) quote(item);
      if (item.name === "participants") follow(item.parts.person, () => ({ speaker: item.read().person }), item.parts, item.value, item.element);
    },
  });

  /** The ids of quotations, as far as they have one; in choices their words stand for them. */
  function quoted(quotes = []) {
    const named = quotes.filter(({ id }) => id);
    for (const { id, text } of named) if (!(id in known.ids)) names[id] = text || id;
    return named.map(({ id }) => id);
  }

  function build(fields) {
    const rows = () => [...document.querySelectorAll('[data-desk="fields"] > div > fieldset > .desk-list > details')];
    const opened = open.form ? rows().map((row) => /** @type {any} */ (row).open) : [];
    const schema = known.schemas["event.schema.json"];
    quoted(fields.quotes);
    open.form = part("event", schema, fields, shared(schema));
    at("fields").replaceChildren(open.form.element);
    rows().forEach((row, n) => (/** @type {any} */ (row).open = opened[n]));
    const lists = Object.values(open.form.parts).map(({ field }) => field).filter(Boolean);
    const jump = (field) => button(field.querySelector("legend").firstChild.textContent, () => {
      field.scrollIntoView();
      field.querySelector(":is(summary, input, select, button)").focus({ preventScroll: true });
    });
    at("jump").replaceChildren(...lists.map(jump));
    at("bar").hidden = false;
    source.fill(fields.sources || []);
  }

  async function show(id) {
    const found = await ask("event", { id });
    if (found.error) return say(found.error);
    begin(id, found, names[id] || id, found.file);
    at("findings").replaceChildren(...findings(found.findings));
  }

  function begin(id, { digest, fields }, title, file) {
    open = { id, digest };
    quotation = null;
    build(fields);
    open.saved = said();
    at("file").textContent = file;
    at("findings").replaceChildren();
    at("page-findings").replaceChildren();
    frame.hidden = true;
    say("");
    const heading = /** @type {any} */ (document.querySelector("#desk-subject"));
    heading.textContent = title;
    heading.focus();
    choosePane("fields");
  }

  at("fields").addEventListener("submit", (event) => event.preventDefault());
  at("fields").addEventListener("input", () => {
    say(isSaved() ? "" : words("desk.unsaved"));
    showPage();
  });

  /** Fills in what follows from who somebody is, where nothing stands yet. */
  function follow(who, fields, parts, value, element) {
    who.input.addEventListener("change", async () => {
      const found = await ask("likely", { fields: fields(), event: open.form.read() });
      for (const [name, text] of Object.entries(found)) {
        if (name === "id" && "speaker" in parts) value.id ||= text;
        else if (parts[name]?.add) parts[name].add(text);
        else if (parts[name]?.input && !parts[name].input.value) parts[name].input.value = text;
      }
      changed(element);
    });
  }

  /** Proves a quotation while it is written, and proposes what follows from its speaker. */
  function quote({ element, read, parts, value }) {
    const proof = make("p", { class: "desk-proof", role: "status" });
    const ways = make("p", { class: "desk-ways" });
    parts.text.input.closest(".desk-field").append(proof, ways);
    const put = (name, text) => {
      if (parts[name]?.input) parts[name].input.value = text;
      else value[name] = text;
    };
    const prove = later(async (isLast) => {
      const fields = read();
      const found = await ask("prove", fields);
      if (!isLast()) return;
      tell(proof, found, found.help);
      ways.replaceChildren();
      const way = (text, then) => ways.append(button(text, () => {
        then();
        changed(element);
      }));
      if (found.near) {
        ways.append(make("span", {}, words("desk.nearest", { words: found.near })));
        way(words("desk.use_nearest"), () => put("text", found.near));
      }
      const around = source.shown() === fields.source ? source.around(fields.text) : {};
      if (around.prefix !== undefined && ["cut", "short"].includes(found.reason))
        way(words("desk.use_around"), () => {
          if (found.edge !== "end" && around.prefix) put("prefix", around.prefix);
          if (found.edge !== "start" && around.suffix) put("suffix", around.suffix);
        });
    });
    element.addEventListener("input", prove);
    element.addEventListener("focusin", () => {
      const { source: from } = read();
      if (quotation?.element !== element && from in known.sources && from !== source.shown()) source.show(from);
      quotation = { element, parts };
    });
    follow(parts.speaker, () => read(), parts, value, element);
    prove();
  }

  const source = pane({
    ask,
    record: () => ({ ...known, names }),
    quote: (fields) => {
      if (!open) return (at("proof").textContent = words("desk.begin"));
      const { quotes, sources } = open.form.parts;
      if (!open.form.read().sources?.includes(fields.source)) sources.add(fields.source);
      const row = quotes.add(fields, undefined, true);
      choosePane("fields");
      row.element.scrollIntoView({ block: "center" });
      row.part.parts.speaker.input.focus({ preventScroll: true });
    },
    isQuoting: () => quotation,
    further: (text) => {
      const { input } = quotation.parts.text;
      input.value = [input.value, text].filter(Boolean).join(" [...] ");
      changed(quotation.element);
      choosePane("fields");
      input.focus();
    },
    changed: load,
  });

  // What changes, and saving it

  /** Shows what a draft changes; once it is saved, calls `then` with its id and file. Returns what is wrong, or nothing. */
  async function review(draft, then) {
    const found = await ask("change", draft);
    if (found.error) return found.error;
    if (!found.diff.length) return words("desk.unchanged");
    const wrong = found.findings.filter(({ severity }) => severity === "error").length;
    at("changes-file").textContent = draft.id || found.diff.some((line) => line[0] === "-" || line[0] === " ") ? found.file : words("desk.new_file", { file: found.file });
    at("diff").replaceChildren(...found.diff.map((line) => make("div", { class: `desk-diff__line desk-diff__line--${{ "+": "new", "-": "old", "@": "place" }[line[0]] || "same"}` }, line || " ")));
    at("changes-findings").replaceChildren(...(found.findings.length ? findings(found.findings) : [make("p", { class: "desk-proof", "data-state": "verified" }, words("desk.sound"))]));
    at("save").textContent = wrong ? words("desk.save_wrong", { n: wrong }) : words("desk.save");
    const dialog = at("changes");
    dialog.returnValue = "";
    dialog.onclose = async () => {
      if (dialog.returnValue !== "save") return;
      const saved = await ask("save", { ...draft, text: found.text });
      if (saved.error) return draft.kind === "event" ? say(saved.error) : (at("entry-error").textContent = saved.error);
      await load();
      await then(saved);
      say(words("desk.saved", { file: saved.file }));
    };
    dialog.showModal();
    return "";
  }

  at("review").addEventListener("click", async () => {
    const wrong = await review(draft(), async ({ id }) => {
      await show(id);
      select.value = id;
    });
    if (wrong) say(wrong);
  });

  function entry(kind) {
    const schema = known.schemas[`${known.places[kind]}.schema.json`];
    const form = part(kind, schema.additionalProperties, {}, shared(schema));
    const dialog = at("entry");
    /** @type {any} */ (document.querySelector("#desk-entry-title")).textContent = words("desk.add", { what: words(KINDS[kind]) });
    at("entry-fields").replaceChildren(form.element);
    at("entry-error").textContent = "";
    dialog.onclose = () => at("entry-fields").replaceChildren();
    const asking = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
    asking.onsubmit = async (event) => {
      if (/** @type {any} */ (event).submitter?.value !== "review") return;
      event.preventDefault();
      const wrong = await review({ kind, id: "", digest: "", fields: form.read() }, ({ id }) => {
        dialog.close();
        if (open) build(open.form.read());
        else source.fill([]);
        if (kind === "source") {
          source.show(id);
          choosePane("source");
        }
      });
      at("entry-error").textContent = wrong;
    };
    dialog.showModal();
  }
  const KINDS = {
    event: "desk.kind.event",
    source: "desk.kind.source",
    person: "desk.kind.person",
    organization: "desk.kind.organization",
    place: "desk.kind.place",
    issue: "desk.kind.issue",
  };

  /** Whether the record has come, without which no form can be made. */
  const loaded = load().then(() => known && (source.fill([]), true));
  const mayLeave = () => isSaved() || confirm(words("desk.leave"));
  at("choose").addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((await loaded) && mayLeave()) show(select.value);
  });
  const menu = /** @type {any} */ (document.querySelector(".desk-menu"));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  for (const item of document.querySelectorAll("[data-desk-new]"))
    item.addEventListener("click", async () => {
      const kind = /** @type {any} */ (item).dataset.deskNew;
      menu.open = false;
      if (!(await loaded)) return;
      if (kind !== "event") entry(kind);
      else if (mayLeave()) begin("", { digest: "", fields: {} }, words("desk.begin_new"), "");
    });
  addEventListener("beforeunload", (event) => isSaved() || event.preventDefault());

  // The panes, and the page as it would be

  const frame = /** @type {any} */ (document.querySelector("iframe"));
  function choosePane(name) {
    main.dataset.pane = name;
    for (const item of document.querySelectorAll("[data-desk-pane]"))
      item.setAttribute("aria-pressed", String(/** @type {any} */ (item).dataset.deskPane === name));
  }
  for (const item of document.querySelectorAll("[data-desk-pane]"))
    item.addEventListener("click", () => {
      choosePane(/** @type {any} */ (item).dataset.deskPane);
      showPage();
    });

  /** Shows the page as the form would make it, where somebody looks at it. */
  const showPage = later(async (isLast) => {
    if (!open || main.dataset.pane !== "page") return;
    const found = await ask("preview", { ...draft(), scheme: document.documentElement.dataset.mdColorScheme });
    if (!isLast()) return;
    const wrong = found.error ? [found.error] : found.html ? [] : [words("desk.not_yet"), ...findings(found.findings)];
    at("page-findings").replaceChildren(...wrong);
    if (!found.html) return; // The last one stays.
    const top = frame.hidden ? 0 : frame.contentWindow.scrollY;
    frame.onload = () => frame.contentWindow.scrollTo(0, top);
    frame.hidden = false;
    frame.srcdoc = found.html;
  }, 500);

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => (document.documentElement.dataset.mdColorScheme = dark.matches ? "slate" : "default");
  dark.addEventListener("change", paint);
  paint();
})();
