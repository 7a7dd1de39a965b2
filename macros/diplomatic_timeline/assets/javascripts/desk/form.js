/* A form made from a JSON Schema (model/schema.py) for one value, which is read back as it was but for what somebody
   changed: a field that is left alone, that is not known or that has another shape than the schema says stays as it is.
   `of` is what the whole form shares: `definitions` of the schema, `names` of ids, `asked` (fields shown though they are
   empty), `choices(name)` for fields whose ids the schema does not list, and `made(part)` for each item of a list when
   its fields are made. */
(() => {
  "use strict";
  const { words, sentence } = /** @type {any} */ (window).dtWords;
  let count = 0;

  /** An element with attributes and what stands in it. @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} inside */
  function make(tag, attributes = {}, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    element.append(...inside);
    return /** @type {any} */ (element);
  }
  const button = (/** @type {string} */ text, /** @type {() => void} */ click, attributes = {}) =>
    make("button", { type: "button", click, ...attributes }, text);
  const titled = (/** @type {string} */ name) => sentence(name.replaceAll("_", " "));
  const changed = (/** @type {Element} */ element) => element.dispatchEvent(new Event("input", { bubbles: true }));

  /** A description, in which what stands between backticks is to be written so. @param {string} text */
  const described = (text) => text.split("`").map((each, n) => (n % 2 ? make("code", {}, each) : each));

  function resolved(schema, of) {
    const to = schema.$ref || schema.allOf?.[0].$ref;
    return to ? resolved(of.definitions[to.split("/").pop()], of) : schema;
  }

  /** What stands for a value in one line. */
  function caption(value, of) {
    if (typeof value !== "object" || !value) return of.names[value] || value || "";
    const [who] = Object.entries(value).filter(([name, text]) => name !== "id" && typeof text === "string").map(([, text]) => text);
    const statement = typeof value.statement === "object" ? Object.values(value.statement || {})[0] : value.statement;
    const rest = [statement, value.text, value.post, value.outcome].find((text) => text && text !== who);
    return [of.names[who] || who, rest].filter(Boolean).join(" · ");
  }

  /** The part of a form for a value: `element`, `read()`, and for a single one its `input`. */
  function part(name, schema, value, of) {
    let kind = resolved(schema, of);
    const isObject = typeof value === "object" && value !== null;
    if (kind.anyOf) kind = resolved(kind.anyOf[isObject ? kind.anyOf.length - 1 : 0], of);
    if (kind.type === "array") return value == null || Array.isArray(value) ? list(name, kind, value, of) : left(value);
    if (kind.type === "object") {
      if (value != null && (!isObject || Array.isArray(value))) return left(value);
      return kind.properties ? record(kind, value || {}, of) : list(name, kind, value, of);
    }
    return isObject ? left(value) : line(name, kind, value, of);
  }

  const left = (value) => ({ element: make("p", { class: "desk-help" }, words("desk.not_shown")), read: () => value });

  /** A single value: a box to tick, a choice, a line or lines of text. */
  function line(name, kind, value, of) {
    const id = `desk-${++count}`;
    const chosen = value ?? "";
    if (kind.type === "boolean") {
      const input = make("input", { id, type: "checkbox" });
      const was = (input.checked = /^true$/i.test(chosen));
      return { input, element: input, read: () => (input.checked === was ? value : input.checked ? "true" : undefined) };
    }
    const choices = () => of.choices(name) || kind.enum;
    const isLong = /^(text|summary|statement|description|note|date_basis)$/.test(name) || chosen.includes("\n");
    const input = make(choices() ? "select" : isLong ? "textarea" : "input", { id, ...(isLong && { rows: name === "summary" ? 6 : 2 }) });
    if (choices()) {
      const fill = () => {
        const now = input.value || chosen;
        const known = [...new Set([...choices(), ...(now ? [now] : [])])];
        const none = kind.default ? words("desk.default", { value: kind.default }) : words("desk.choose");
        const label = (each) => of.names[each] || each;
        // Ids, whose schema has a pattern; words of a vocabulary stand in its order.
        if (kind.pattern) known.sort((a, b) => label(a).localeCompare(label(b)));
        input.replaceChildren(make("option", { value: "" }, none), ...known.map((each) => make("option", { value: each }, label(each))));
        input.value = now;
      };
      fill();
      if (of.choices(name)) input.addEventListener("focus", fill);
    }
    input.value = chosen;
    input.readOnly = name === "id" && Boolean(chosen);
    const was = input.value;
    return { input, element: input, read: () => (input.value === was ? value : input.value || undefined) };
  }

  /** The fields of a record; those that are neither needed nor there nor asked for are made when somebody wants them. */
  function record(kind, value, of) {
    const parts = {};
    const element = make("div", { class: "desk-record" });
    const show = (name) => {
      const schema = kind.properties[name];
      const made = part(name, schema, value[name], of);
      parts[name] = made;
      const isNeeded = kind.required?.includes(name);
      const help = make("small", { class: "desk-help", id: `desk-${++count}` }, ...described(schema.description || ""));
      const label = [titled(name), ...(isNeeded ? [make("span", { class: "desk-needed" }, ` ${words("desk.needed")}`)] : [])];
      if (!made.input) return (made.field = make("fieldset", { class: "desk-field", "aria-describedby": help.id }, make("legend", {}, ...label), help, made.element));
      made.input.setAttribute("aria-describedby", help.id);
      const isBox = made.input.type === "checkbox";
      return make("div", { class: `desk-field${isBox ? " desk-field--box" : ""}` }, make("label", { for: made.input.id }, ...label), made.element, help);
    };
    const names = Object.keys(kind.properties);
    const asked = of.asked[kind.title.toLowerCase()] || [];
    // An id that is still to come is made of the rest.
    const isShown = (name) => value[name] != null || (name !== "id" && (kind.required?.includes(name) || asked.includes(name)));
    element.append(...names.filter(isShown).map(show));
    const others = names.filter((name) => !isShown(name));
    if (others.length) {
      const more = make("details", { class: "desk-more" }, make("summary", {}, words("desk.more")));
      more.addEventListener("toggle", () => more.append(...others.splice(0).map(show)), { once: true });
      element.append(more);
    }
    const read = () => {
      const found = {};
      for (const name of new Set([...names, ...Object.keys(value)])) {
        const now = parts[name] ? parts[name].read() : value[name];
        if (now !== undefined) found[name] = now;
      }
      return found;
    };
    return { element, read, parts, value };
  }

  /** The items of a list, or of a mapping from parties or languages: each can be removed, and one more added. */
  function list(name, kind, value, of) {
    const isMap = kind.type === "object";
    const items = kind.items || kind.additionalProperties;
    const isLine = !isMap && ["string", undefined].includes(resolved(items, of).type) && !value?.some?.((item) => typeof item === "object");
    const what = titled(name).toLowerCase();
    /** @type {any[]} */
    let rows = [];
    const element = make("div", { class: "desk-list" });
    const adding = button(words("desk.add", { what }), () => add(undefined, isMap ? "" : undefined, true));

    function add(item, key, isNew) {
      const row = /** @type {any} */ ({ read: () => item });
      const say = () => caption(row.read(), of) || words("desk.empty");
      const build = () => {
        if (row.part) return;
        row.part = part(name, items, item, of);
        row.read = row.part.read;
        if (!isLine) row.part.input?.setAttribute("aria-label", titled(name));
        of.made({ name, ...row.part, element: row.element });
        return row.part.element;
      };
      const remove = button(words("desk.remove"), () => {
        rows = rows.filter((other) => other !== row);
        row.element.remove();
        changed(element);
        adding.focus();
      }, { "aria-label": words("desk.remove_what", { what: say() }), class: "desk-quiet" });
      if (isLine) {
        row.element = make("div", { class: "desk-line" });
        row.element.append(build(), remove);
        row.part.input.setAttribute("aria-label", `${titled(name)} ${rows.length + 1}`);
      } else {
        const title = make("span", {}, say());
        const body = make("div", { class: "desk-item" });
        row.element = make("details", { class: `desk-row desk-row--${name}` }, make("summary", {}, title), body);
        if (isMap) {
          const keyed = items.$ref ? "party" : "language";
          row.key = line(keyed, kind.propertyNames || {}, key, of);
          const label = items.$ref ? words("desk.whose") : titled(keyed);
          body.append(make("div", { class: "desk-field" }, make("label", { for: row.key.input.id }, label), row.key.element));
        }
        const fill = () => body.append(...[build()].filter(Boolean), ...(body.contains(remove) ? [] : [remove]));
        const retitle = () => {
          title.textContent = [isMap && (of.names[row.key.read()] || row.key.read()), say()].filter(Boolean).join(": ");
          remove.setAttribute("aria-label", words("desk.remove_what", { what: title.textContent }));
        };
        row.element.addEventListener("toggle", fill);
        row.element.addEventListener("input", retitle);
        retitle();
        if (isNew) {
          fill();
          row.element.open = true;
        }
      }
      rows.push(row);
      adding.before(row.element);
      if (isNew) {
        changed(element);
        (row.element.querySelector("select, input:not([readonly]), textarea") || adding).focus();
      }
      return row;
    }
    element.append(adding);
    if (isMap) Object.entries(value || {}).forEach(([key, item]) => add(item, key));
    else value?.forEach((item) => add(item));
    const read = () => {
      if (isMap) {
        const found = Object.fromEntries(rows.map((row) => [row.key.read(), row.read()]).filter(([key]) => key));
        return rows.length || value ? found : undefined;
      }
      const found = rows.map((row) => row.read()).filter((item) => item !== undefined && (item === null || typeof item !== "object" || Object.keys(item).length));
      return found.length || value?.length === 0 ? found : undefined;
    };
    return { element, read, add };
  }

  /** What the check found, each with what to do about it. */
  function findings(found) {
    const one = ({ severity, message, help, place }) =>
      make("li", { class: `desk-finding desk-finding--${severity}` },
        make("strong", {}, `${severity === "error" ? words("desk.error") : words("desk.warning")}: `), message,
        ...(help ? [make("span", { class: "desk-remedy" }, help)] : []), make("code", {}, place));
    return found.length ? [make("ul", { class: "desk-findings" }, ...found.map(one))] : [];
  }

  /** @type {any} */ (window).dtForm = { button, changed, findings, make, part };
})();
