/* The long lists: which entry bears what, which entries match, and their HTML (views/lists.py).
   A list that fits on its page has its index there; a longer one in scripts that this loads when they are needed.
   A classic script, and data as scripts, because browsers load neither modules nor JSON from a folder. */
(() => {
  "use strict";

  /** @typedef {{ids: string[], labels?: string[], places: Uint32Array[]}} Column */
  /** @typedef {{first: Uint32Array, last: Uint32Array, shard: number}} Days */
  /** @typedef {{key: string, passes: Uint8Array, ids?: Set<string>}} Condition one filter: which entries pass it */
  /** @typedef {{hits: number[], counts: Map<string, Uint32Array>, without: Map<string, number>}} Selection */

  /** @type {Map<string, (value: any) => void>} */
  const waiting = new Map();
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();

  /** Loads a data script once. @param {string} address @param {string} name @returns {Promise<any>} */
  function load(address, name) {
    let answer = asked.get(name);
    if (!answer) {
      answer = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        script.src = address;
        script.onload = () => script.remove();
        script.onerror = () => {
          asked.delete(name);
          script.remove();
          reject(new Error(/** @type {any} */ (window).dtWords.words("filters.not_loaded", { address })));
        };
        document.head.append(script);
      });
      asked.set(name, answer);
    }
    return answer;
  }

  /** Numbers from the steps between them. @param {number[]} steps */
  function summed(steps) {
    const numbers = new Uint32Array(steps.length);
    let sum = 0;
    for (let i = 0; i < steps.length; i++) numbers[i] = sum += steps[i];
    return numbers;
  }

  /** A day as the index counts it. @param {string} iso */
  const day = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 864e5) + 719163;

  class List {
    /** @param {HTMLFormElement} form @param {HTMLElement} element the list on the page */
    constructor(form, element) {
      this.name = form.dataset.dtFilters || "";
      this.size = Number(form.dataset.dtSize);
      this.folder = (form.dataset.dtIndex || "").replace(/[^/]*$/, "");
      const inline = form.querySelector("[data-dt-whole]");
      /** @type {Record<string, any> | null} */
      this.whole = inline ? JSON.parse(inline.textContent || "") : null;
      /** @type {Map<string, Column>} */
      this.columns = new Map();
      /** @type {Map<number, HTMLElement>} */
      this.elements = new Map();
      for (const one of element.querySelectorAll("[data-dt-item]")) {
        this.elements.set(Number(one.getAttribute("data-dt-item")), /** @type {HTMLElement} */ (one));
      }
      /** The places that stand on the page without a script. */
      this.first = Array.from(this.elements.keys());
    }

    /** @param {string} key @returns {Promise<any>} */
    async value(key) {
      return this.whole ? this.whole[key] : load(`${this.folder}${key}.js`, `index/${this.name}/${key}`);
    }

    /** Makes the columns ready. @param {string[]} keys */
    async open(keys) {
      await Promise.all(
        keys.map(async (key) => {
          const value = await this.value(key);
          if (!this.columns.has(key)) this.columns.set(key, { ...value, places: value.places.map(summed) });
        }),
      );
    }

    /** @returns {Promise<Days>} */
    async days() {
      if (!this.known) {
        const { first, more, shard } = await this.value("dates");
        const begin = summed(first);
        this.known = { first: begin, last: begin.map((d, i) => d + more[i]), shard };
      }
      return this.known;
    }

    /** Which entries bear one of these ids. @param {string} key @param {Set<string>} ids @returns {Condition} */
    bearing(key, ids) {
      const passes = new Uint8Array(this.size);
      const column = this.columns.get(key);
      if (column) column.ids.forEach((id, n) => ids.has(id) && column.places[n].forEach((place) => (passes[place] = 1)));
      return { key, passes, ids };
    }

    /** Which entries a period touches. @param {string} from @param {string} to @returns {Promise<Condition>} */
    async within(from, to) {
      const { first, last } = await this.days();
      const begin = from ? day(from) : 0;
      const end = to ? day(to) : Infinity;
      return { key: "period", passes: Uint8Array.from(first, (d, i) => Number(d <= end && last[i] >= begin)) };
    }

    /** Which entries have these words. @param {string} words @returns {Promise<Condition>} */
    async saying(words) {
      const passes = new Uint8Array(this.size);
      const found = await /** @type {any} */ (window).dtSearch.match(words, this.name.slice(0, -1));
      if (this.whole && this.whole.of) summed(this.whole.of).forEach((of, place) => (passes[place] = Number(found.has(of))));
      else for (const place of found.keys()) passes[place] = 1;
      return { key: "text", passes };
    }

    /** Applies all conditions. An entry that fails one only is what another choice of that one would leave.
        @param {Condition[]} conditions @returns {Selection} */
    select(conditions) {
      const fails = new Uint8Array(this.size);
      const last = new Int8Array(this.size).fill(-1);
      conditions.forEach(({ passes }, c) => {
        for (let i = 0; i < this.size; i++) if (!passes[i]) fails[i]++, (last[i] = c);
      });
      const hits = [];
      const lost = new Array(conditions.length).fill(0);
      for (let i = 0; i < this.size; i++) {
        if (fails[i] === 0) hits.push(i);
        else if (fails[i] === 1) lost[last[i]]++;
      }
      const counts = new Map();
      for (const [key, column] of this.columns) {
        const own = conditions.findIndex((c) => c.key === key);
        const numbers = new Uint32Array(column.ids.length);
        // Choices of one kind add up: what an unchosen one would leave is what is left already, and more.
        const chosen = own < 0 ? undefined : conditions[own].ids;
        column.places.forEach((places, n) => {
          const adds = chosen && !chosen.has(column.ids[n]);
          let number = adds ? hits.length : 0;
          for (const p of places) {
            if (fails[p] === 0 ? !adds : fails[p] === 1 && last[p] === own) number++;
          }
          numbers[n] = number;
        });
        counts.set(key, numbers);
      }
      return { hits, counts, without: new Map(conditions.map((c, n) => [c.key, lost[n]])) };
    }

    /** Which of all events the list's entries that meet conditions are. @param {Condition[]} conditions */
    places(conditions) {
      const of = this.whole && this.whole.of ? summed(this.whole.of) : null;
      const found = [];
      for (let i = 0; i < this.size; i++) if (conditions.every((c) => c.passes[i])) found.push(of ? of[i] : i);
      return found;
    }

    /** Puts places in order. @param {number[]} places @param {string} order @param {string} own the list's own order */
    async sorted(places, order, own) {
      if (order === own) return places;
      if (own === "newest") return places.slice().reverse();
      const { first } = await this.days();
      const turn = order === "newest" ? -1 : 1;
      return places.slice().sort((a, b) => turn * (first[a] - first[b]) || a - b);
    }

    /** The elements at these places, in this order. @param {number[]} places @returns {Promise<HTMLElement[]>} */
    async entries(places) {
      const missing = places.filter((place) => !this.elements.has(place));
      if (missing.length) {
        const { shard } = await this.days();
        await Promise.all(
          missing.map(async (place) => {
            const number = Math.floor(place / shard);
            const cards = await load(`${this.folder}cards-${number}.js`, `cards/${this.name}/${number}`);
            const frame = document.createElement("template");
            // Rendered and escaped when the site was built; the mark stands for the site's root.
            frame.innerHTML = cards[place % shard].replaceAll("\u001a", `${this.folder}../../`);
            this.elements.set(place, /** @type {HTMLElement} */ (frame.content.firstElementChild));
          }),
        );
      }
      return places.map((place) => /** @type {HTMLElement} */ (this.elements.get(place)));
    }
  }

  /** @type {any} */ (window).dtLists = {
    List,
    /** What a data script hands over. @param {string} kind @param {string} name @param {string | number} key @param {any} value */
    take(kind, name, key, value) {
      const resolve = waiting.get(`${kind}/${name}/${key}`);
      if (resolve) resolve(value);
    },
  };
})();
