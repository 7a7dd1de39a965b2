/* The text of a source beside the form: given as a file or pasted, its words selected, and proven as that is done. */
(() => {
  "use strict";
  const { words, listed, sentence } = /** @type {any} */ (window).dtWords;
  const { make } = /** @type {any} */ (window).dtForm;
  const LONGEST = 5; // words of a prefix or a suffix

  // Of scripts that set spaces between words.
  const LETTER = /(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}])[\p{L}\p{N}]/u;

  /** An element of the page. @param {string} name @returns {any} */
  const at = (name) => document.querySelector(`[data-desk="${name}"]`);
  const single = (/** @type {string} */ text) => text.trim().replace(/\s+/g, " ");

  /** What is said of words: whether they stand in the source. */
  function said(found) {
    if (found.state === "verified") return found.label ? words("desk.of_speaker", { name: found.label }) : words("desk.verified");
    return found.state === "unpinned" ? words("desk.not_proven") : sentence(found.message);
  }

  /** Shows what is said of words in an element, and what to do. */
  function tell(element, found, help = "") {
    element.replaceChildren(said(found), ...(help ? [make("span", { class: "desk-remedy" }, sentence(help))] : []));
    element.dataset.state = found.state === "verified" && found.label ? "unpinned" : found.state;
  }

  /** Calls `then` when nothing has happened for a moment; what came before the last call is forgotten. */
  function later(then, moment = 200) {
    let timer = 0;
    let number = 0;
    return (...given) => {
      clearTimeout(timer);
      const own = ++number;
      timer = setTimeout(() => then(() => own === number, ...given), moment);
    };
  }

  /** The pane. `ask(name, question)` asks the server; `record()` is what it has; `quote` and `further` take the chosen
      words, the latter where `isQuoting()`; `changed()` is called when a source was pinned. */
  function pane({ ask, record, quote, further, isQuoting, changed }) {
    const select = /** @type {any} */ (document.querySelector("#desk-source"));
    const text = /** @type {any} */ (document.querySelector("#desk-text"));
    const file = /** @type {any} */ (document.querySelector("#desk-file"));
    const paste = /** @type {any} */ (document.querySelector("#desk-paste"));
    let shown = "";

    /** The sources to choose from, those of the event first. */
    function fill(own) {
      const { sources, names } = record();
      const option = (id) => make("option", { value: id }, names[id] || id);
      const others = Object.keys(sources).filter((id) => !own.includes(id));
      const group = (label, ids) => make("optgroup", { label }, ...ids.map(option));
      const known = own.filter((id) => id in sources);
      select.replaceChildren(...(known.length ? [group(words("desk.of_event"), known)] : []), group(words("desk.all_sources"), others));
      const first = known.includes(shown) || (!known.length && shown in sources) ? shown : known[0] || others[0];
      if (first) show(first);
    }

    async function show(source, given = {}) {
      select.value = shown = source;
      const found = await ask("text", { source, ...given });
      if (shown !== source) return;
      const isGiven = Boolean(found.text);
      at("give").hidden = isGiven;
      at("chosen").hidden = !isGiven;
      at("pin").hidden = found.pinned === true || !isGiven;
      const state = found.pinned === true ? words("desk.is_pinned") : found.pinned === false ? words("desk.differs") : words("desk.not_pinned");
      const known = isGiven ? state : record().sources[source] ? words("desk.is_not_given") : words("desk.not_pinned");
      at("pinned").textContent = found.error || [known, ...(found.unread?.length ? [words("desk.unread", { what: listed(found.unread) })] : [])].join(" ");
      text.value = found.text || "";
      text.setSelectionRange(0, 0);
      choose();
    }

    /** What is selected, in whole words. */
    function chosen() {
      let { selectionStart: start, selectionEnd: end } = text;
      if (start === end) return "";
      const isInside = (at) => at > 0 && LETTER.test(text.value[at - 1]) && LETTER.test(text.value[at] || "");
      while (isInside(start)) start--;
      while (isInside(end)) end++;
      return single(text.value.slice(start, end));
    }
    /** Where words stand in the text, as a pair of offsets; none where they do not. */
    function place(quotation) {
      const piece = single(quotation).split(/\s*\[[^\]]*\]\s*/)[0].split(" ").map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      const found = piece[0] ? new RegExp(piece.join("\\s+")).exec(text.value) : null;
      return found ? [found.index, found.index + found[0].length] : null;
    }

    const prove = later(async (isLast) => {
      const found = await ask("prove", { source: shown, text: chosen() });
      if (!isLast()) return;
      tell(at("proof"), found);
      if (["cut", "short"].includes(found.reason)) at("proof").dataset.state = "cut";
    });
    function choose() {
      const isEmpty = !chosen();
      at("quote").disabled = isEmpty;
      at("further").disabled = isEmpty || !isQuoting();
      if (!isEmpty) prove();
      else {
        at("proof").textContent = words("desk.select");
        at("proof").dataset.state = "unpinned";
      }
    }
    // Not `readonly`: in Chromium the keyboard could not select in it.
    text.addEventListener("beforeinput", (event) => event.preventDefault());
    for (const name of ["select", "keyup", "mouseup", "selectionchange"]) text.addEventListener(name, choose);
    document.addEventListener("selectionchange", () => document.activeElement === text && choose());

    at("quote").addEventListener("click", () => quote({ text: chosen(), source: shown }));
    at("further").addEventListener("click", () => further(chosen()));
    at("pin").addEventListener("click", async () => {
      const found = await ask("pin", { source: shown });
      if (!found.error) await changed();
      await show(shown);
      if (!found.error) at("pinned").textContent = [words("desk.pinned", { n: words("count.quotes", { n: found.proven.length }) }), ...found.missed].join(" ");
      else at("pinned").textContent = found.error;
    });
    at("another").addEventListener("click", () => {
      at("give").hidden = false;
      file.focus();
    });
    at("give").addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = file.files[0];
      const bytes = given ? await given.arrayBuffer() : new TextEncoder().encode(paste.value);
      if (!bytes.byteLength) return file.focus();
      const data = await new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(String(reader.result).split(",")[1]);
        reader.readAsDataURL(new Blob([bytes]));
      });
      await show(shown, { data, name: given ? given.name : "text.txt" });
      if (text.value) {
        file.value = paste.value = "";
        text.focus();
      }
    });
    select.addEventListener("change", () => show(select.value));

    /** The source's words right before and after a quotation in its paragraph, as its prefix and suffix. */
    function around(quotation) {
      const stands = place(quotation);
      if (!stands) return {};
      const before = single(text.value.slice(0, stands[0]).split(/\n\s*\n/).pop()).split(" ").slice(-LONGEST).join(" ");
      const after = single(text.value.slice(stands[1]).split(/\n\s*\n/)[0]).split(" ").slice(0, LONGEST).join(" ");
      return { prefix: before, suffix: after };
    }
    return { fill, show, around, shown: () => shown };
  }

  /** @type {any} */ (window).dtSource = { at, later, pane, tell };
})();
