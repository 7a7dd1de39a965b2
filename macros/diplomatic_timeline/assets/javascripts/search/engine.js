/* Finds in the index that diplomatic_timeline/search writes: small script files below search/, loaded as they are needed.

   window.dtSearch.match(query, kind) resolves to a Map from the place of each entry of a kind that matches (0 is
   the first of its list: events newest first, quotes newest first, commitments open ones first) to its score. All
   terms must match: words, "exact phrases", and the last word as the beginning of one. The kinds are event, quote,
   commitment, person, issue, source, page and documentation. A last word that too many words begin with narrows nothing yet; an
   empty query gives every entry. It rejects where the index cannot be read. What has been loaded stays.

   window.dtSearch.search(query) ranks over all kinds, texts(entries) fetches what to show of them, mark(text, terms)
   says where the hits in a text are. The files' form: search/index_files.py. Ranking: bm25 as in SQLite's FTS5. */
(() => {
  "use strict";
  const here = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const w = /** @type {any} */ (window);
  if (!here || w.dtSearch) return;

  /** @typedef {{words: string[], prefix: boolean}} Term */
  /** @typedef {{id: string, count: number, weight: number, first: number, end: number}} Kind */
  /** @typedef {{entries: number, words: number, kinds: Kind[], block: number, blocks: number[], borders: string[],
        texts: number[], segments: string, versions: string[], starts: Uint32Array, heads: Uint32Array, filled: Set<number>}} Index */
  /** @typedef {{scores: Float64Array, wide: boolean, absent: Term[]}} Found */

  /** The site's root: this script stands in assets/javascripts/. */
  const root = new URL("../../", here.src).href;
  /** A beginning whose words stand in more files than this is too short to look up. */
  const WIDE = 24;
  const K1 = 1.2, B = 0.75;

  // Words: the same as search/words.py

  const UNSPACED =
    "\\u3005\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const RUNS = new RegExp(`([${UNSPACED}]+)|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");

  /** Letters without accents and case. @param {string} text */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ς/g, "σ");

  /** The words of folded text with their places in it. In a query the last character of a run does not stand alone:
      the run may go on in the text. @param {string} folded @param {boolean} [asked] */
  function cut(folded, asked) {
    /** @type {{word: string, at: number, end: number}[]} */
    const found = [];
    for (const run of folded.matchAll(RUNS)) {
      let at = run.index;
      const end = at + run[0].length;
      if (!run[1]) {
        found.push({ word: run[0], at, end });
        continue;
      }
      const characters = Array.from(run[1]);
      characters.forEach((character, n) => {
        const pair = character + (characters[n + 1] || "");
        if (n + 1 < characters.length || n === 0 || !asked || RUNS_FOLLOW.test(folded.slice(end))) found.push({ word: pair, at, end: at + pair.length });
        at += character.length;
      });
    }
    return found;
  }
  const RUNS_FOLLOW = /[\p{L}\p{N}]/u;

  /** @param {string} text @returns {string[]} */
  const words = (text) => cut(fold(text)).map((w) => w.word);

  /** What a reader asks for: words and "exact phrases". A last word may go on; so may a single character of a script
      without spaces. @param {string} query @returns {Term[]} */
  function parse(query) {
    const terms = [];
    const text = query.replace(/[“”„«»＂]/g, '"');
    for (const part of text.matchAll(/"([^"]*)("?)|[^\s"]+/g)) {
      const asked = cut(fold(part[1] === undefined ? part[0] : part[1]), true);
      const last = part.index + part[0].length === text.length && !part[2];
      const alone = asked.length === 1 && new RegExp(`^[${UNSPACED}]$`, "u").test(asked[0].word);
      if (asked.length) terms.push({ words: asked.map((w) => w.word), prefix: last || alone });
    }
    return terms;
  }

  // Files

  /** @type {Map<string, Promise<any>>} */
  let files = new Map();
  /** @type {Map<string, [string, any]>} */
  const arrived = new Map();
  let version = "";

  class Stale extends Error {}

  /** Called by each file. @param {string} of @param {string} name @param {any} data */
  const put = (of, name, data) => arrived.set(name, [of, data]);

  /** @param {string} name @param {string} expected the version that the file must have; any, for the index
      @returns {Promise<any>} */
  function load(name, expected = version) {
    let file = files.get(name);
    if (!file) {
      file = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js${expected && `?${expected}`}`;
        script.onload = script.onerror = () => {
          script.remove();
          const [of, data] = arrived.get(name) || ["", null];
          arrived.delete(name);
          if (!of) {
            files.delete(name);
            reject(new Error(`${name}: not there`));
          } else if (name === "index") {
            version = of;
            resolve(data);
          } else if (of !== expected) {
            version = of; // no browser has kept an index that was asked for by this one
            reject(new Stale(name));
          } else resolve(data);
        };
        document.head.append(script);
      });
      files.set(name, file);
    }
    return file;
  }

  /** @param {string} text @returns {number[]} */
  function numbers(text) {
    const found = [];
    let value = 0, unit = 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const digit = code - (code > 92 ? 36 : 35);
      if (digit < 45) {
        found.push(value + digit * unit);
        value = 0;
        unit = 1;
      } else {
        value += (digit - 45) * unit;
        unit *= 45;
      }
    }
    return found;
  }

  /** @type {Promise<Index> | null} */
  let opened = null;
  /** @returns {Promise<Index>} */
  function open() {
    if (!opened) {
      opened = load("index").then((index) => {
        let first = 0;
        const kinds = index.kinds.map(([id, count, weight]) => ({ id, count, weight, first, end: (first += count) }));
        let at = 0;
        const texts = numbers(index.texts).map((length) => (at += length) - length);
        // Files of texts have the version of their segment, and their place in it.
        const versions = numbers(index.segments).flatMap((files, segment) => Array.from({ length: files }, (_, n) => `${index.versions[segment]}.${n}`));
        return { ...index, kinds, texts, versions, starts: new Uint32Array(index.entries + 1), heads: new Uint32Array(index.entries), filled: new Set() };
      });
      opened.catch(() => (opened = null));
    }
    return opened;
  }

  /** Does something with the index; where the site was built anew meanwhile, forgets the old one and does it again.
      @template T @param {(index: Index) => Promise<T>} act @returns {Promise<T>} */
  async function using(act) {
    for (let tries = 0; ; tries++) {
      try {
        return await act(await open());
      } catch (error) {
        if (!(error instanceof Stale) || tries > 1) throw error;
        files = new Map();
        places = new Map();
        opened = null;
      }
    }
  }

  /** The last of sorted borders that is not above a value. @param {ArrayLike<any>} borders @param {any} value */
  function below(borders, value, low = 0, high = borders.length) {
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (borders[middle] <= value) low = middle;
      else high = middle;
    }
    return low;
  }

  // Matching

  /** Where each word stands, once it has been asked for. @type {Map<string, Uint32Array>} */
  let places = new Map();

  /** @param {string} word @param {string} coded */
  function placesOf(word, coded) {
    let at = places.get(word);
    if (!at) {
      at = Uint32Array.from(numbers(coded));
      for (let i = 1; i < at.length; i++) at[i] += at[i - 1];
      places.set(word, at);
    }
    return at;
  }

  /** Where a word, or each word with that beginning, stands; null where the beginning is too short.
      @param {Index} index @param {string} word @param {boolean} prefix @returns {Promise<Uint32Array[] | null>} */
  async function look(index, word, prefix) {
    const first = below(index.borders, word);
    const last = prefix ? below(index.borders, word + "\uffff") : first;
    if (last - first >= WIDE) {
      const whole = /** @type {Uint32Array[]} */ (await look(index, word, false));
      return whole.length ? whole : null;
    }
    const shards = await Promise.all(Array.from({ length: last - first + 1 }, (_, n) => load(`words/${first + n}`)));
    const found = [];
    for (const shard of shards) {
      if (prefix) {
        for (const key in shard) if (key.startsWith(word) && !key.includes(" ")) found.push(placesOf(key, shard[key]));
      } else if (Object.hasOwn(shard, word)) found.push(placesOf(word, shard[word]));
    }
    return found;
  }

  /** @param {Uint32Array[]} lists */
  function merged(lists) {
    if (lists.length === 1) return lists[0];
    const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
    let at = 0;
    for (const list of lists) all.set(list, at), (at += list.length);
    return all.sort();
  }

  /** Where a term begins; several lists for the words of one beginning.
      @param {Index} index @param {Term} term @returns {Promise<Uint32Array[] | null>} */
  async function locate(index, term) {
    const found = await Promise.all(term.words.map((word, n) => look(index, word, term.prefix && n === term.words.length - 1)));
    if (found.length === 1) return found[0];
    // In a phrase, a last word that cannot be looked up yet asks for nothing.
    const lists = found.filter((lists) => lists !== null).map((lists) => merged(/** @type {Uint32Array[]} */ (lists)));
    return [
      lists.reduce((starts, list, step) => {
        let i = 0;
        return starts.filter((start) => {
          while (i < list.length && list[i] < start + step) i++;
          return list[i] === start + step;
        });
      }),
    ];
  }

  /** Makes the lengths of entries known. @param {Index} index @param {Iterable<number>} blocks */
  const fill = (index, blocks) =>
    Promise.all(
      Array.from(blocks, async (block) => {
        if (index.filled.has(block)) return;
        const lengths = numbers(await load(`lengths/${block}`));
        let entry = block * index.block, at = index.blocks[block];
        for (let i = 0; i < lengths.length; i += 2, entry++) {
          index.starts[entry] = at;
          index.heads[entry] = lengths[i];
          at += lengths[i] + lengths[i + 1] + 2;
        }
        index.starts[entry] = at;
        index.filled.add(block);
      })
    );

  /** Scores the entries from `first` to before `end`: 0 where one does not match all terms.
      @param {Index} index @param {Term[]} terms @param {number} first @param {number} end @returns {Promise<Found>} */
  async function score(index, terms, first, end) {
    const scores = new Float64Array(end - first);
    const located = await Promise.all(terms.map((term) => locate(index, term)));
    const all = /** @type {Uint32Array[][]} */ (located.filter((lists) => lists !== null));
    const low = Math.floor(first / index.block), high = Math.floor((end - 1) / index.block);
    const blocks = new Set();
    for (const lists of all) {
      for (const list of lists) {
        for (let i = 0, block = low; i < list.length; i++) {
          while (block < high && list[i] >= index.blocks[block + 1]) block++;
          blocks.add(block);
        }
      }
    }
    await fill(index, blocks);
    const { starts, heads } = index;
    const weights = new Float64Array(end - first);
    for (const kind of index.kinds) weights.fill(kind.weight, Math.max(0, kind.first - first), Math.max(0, kind.end - first));
    const average = index.words / index.entries;
    /** @type {Term[]} */
    const absent = [];
    all.forEach((lists, n) => {
      const counts = new Float64Array(end - first);
      let number = 0;
      for (const list of lists) {
        // Places ascend: the entry is the same as the last one's, or a little further on, or in a later block.
        let block = 0, blockEnd = 0, entry = 0, entryEnd = 0;
        for (const place of list) {
          if (place >= entryEnd) {
            if (place >= blockEnd) {
              block = below(index.blocks, place, block);
              entry = block * index.block;
              blockEnd = block + 1 < index.blocks.length ? index.blocks[block + 1] : Infinity;
            }
            if (block < low) entryEnd = blockEnd;
            else if (block > high) break;
            else {
              const limit = Math.min((block + 1) * index.block, index.entries);
              let step = 1;
              while (entry + step < limit && starts[entry + step] <= place) (entry += step), (step *= 2);
              entry = below(starts, place, entry, Math.min(entry + step, limit));
              entryEnd = starts[entry + 1];
            }
          }
          if (entry < first || entry >= end) continue;
          if (!counts[entry - first]) number++;
          counts[entry - first] += place - starts[entry] < heads[entry] ? weights[entry - first] : 1;
        }
      }
      if (!number) absent.push(terms.filter((_, i) => located[i])[n]);
      const rarity = Math.log((end - first - number + 0.5) / (number + 0.5));
      const idf = rarity > 0 ? rarity : 1e-6;
      for (let i = 0; i < counts.length; i++) {
        const count = counts[i];
        if (!count || (n && !scores[i])) scores[i] = 0;
        else scores[i] += (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * (starts[first + i + 1] - starts[first + i] - 2)) / average));
      }
    });
    return { scores, wide: all.length < terms.length, absent };
  }

  /** @param {string} query @param {string} kind @returns {Promise<Map<number, number>>} */
  const match = (query, kind) =>
    using(async (index) => {
      const { first, end } = /** @type {Kind} */ (index.kinds.find((k) => k.id === kind));
      const terms = parse(query);
      const { scores, wide } = await score(index, terms, first, end);
      const found = new Map();
      const everything = !terms.length || (wide && terms.length === 1);
      scores.forEach((value, i) => (value || everything) && found.set(i, value));
      return found;
    });

  /** A term that may go on; where it stands nowhere, without its last letters as long as three are enough:
      "treading" finds "tread". @param {Index} index @param {Term} term @param {boolean} absent @returns {Promise<Term>} */
  async function shortened(index, term, absent) {
    if (!absent) return term.prefix || term.words.length > 1 ? term : { ...term, prefix: true };
    const [word] = term.words;
    for (let cut = 0; cut < 4 && word.length - cut >= 4 && term.words.length === 1; cut++) {
      const words = [word.slice(0, word.length - cut)];
      const lists = await look(index, words[0], true);
      if (!lists || lists.length) return { words, prefix: true };
    }
    return term;
  }

  /** Entries that bear the whole query as their name. @param {Index} index @param {Term[]} terms */
  async function bearers(index, terms) {
    const name = terms.flatMap((term) => term.words).join(" ") + " ";
    const [list] = /** @type {Uint32Array[]} */ (await look(index, name, false));
    if (!list) return [];
    await fill(index, Array.from(list, (place) => below(index.blocks, place)));
    return Array.from(list, (place) => {
      const from = below(index.blocks, place) * index.block;
      return below(index.starts, place, from, Math.min(from + index.block, index.entries));
    });
  }

  /** The best of some entries, ties in their order. @param {number[]} entries @param {Float64Array} scores @param {number} count */
  function best(entries, scores, count) {
    const sorted = Float64Array.from(entries, (entry) => scores[entry]).sort();
    const least = sorted[Math.max(0, sorted.length - count)];
    return entries.filter((entry) => scores[entry] >= least).sort((a, b) => scores[b] - scores[a] || a - b).slice(0, count);
  }

  /** Searches all kinds. `best(count, kind)` gives the best entries by number, of one kind or of all; `counts` how many
      of each kind match; `absent` names terms that stand nowhere; `wide` says that a last word was too short to look up.
      Where no entry has all words as they were typed, they are taken as the beginnings of words; `instead` names those.
      Sources, pages and documentation come after the rest, and what bears the query as its name before all else. @param {string} query */
  const search = (query) =>
    using(async (index) => {
      let terms = parse(query);
      let { scores, wide, absent } = await score(index, terms, 0, index.entries);
      /** @type {string[]} */
      let instead = [];
      if (terms.length && !wide && !scores.some(Boolean)) {
        const near = await Promise.all(terms.map((term) => shortened(index, term, absent.includes(term))));
        const again = await score(index, near, 0, index.entries);
        if (!again.wide && again.scores.some(Boolean)) {
          instead = near.filter((term, i) => term !== terms[i]).map((term) => term.words.join(" "));
          [terms, scores] = [near, again.scores];
        }
      }
      // The last three kinds come after what was said and done: sources, pages, documentation.
      index.kinds.slice(-3).forEach(({ first, end }, n) => {
        for (let i = first; i < end; i++) scores[i] *= 1e-12 ** (n + 1);
      });
      if (terms.length) for (const entry of await bearers(index, terms)) scores[entry] += 1e6;
      /** @type {number[][]} */
      const found = index.kinds.map(() => []);
      index.kinds.forEach((kind, n) => {
        for (let i = kind.first; i < kind.end; i++) if (scores[i]) found[n].push(i);
      });
      return {
        terms,
        instead,
        wide,
        absent: absent.map((term) => term.words.join(" ")),
        kinds: index.kinds,
        counts: found.map((entries) => entries.length),
        total: found.reduce((sum, entries) => sum + entries.length, 0),
        /** @param {number} count @param {string} [of] */
        best(count, of) {
          const n = index.kinds.findIndex((kind) => kind.id === of);
          return best(n < 0 ? found.flat() : found[n], scores, count);
        },
      };
    });

  /** What is shown of entries. @param {number[]} entries */
  const texts = (entries) =>
    using((index) =>
      Promise.all(
        entries.map(async (entry) => {
          const file = below(index.texts, entry);
          const [url, title, context, where, label, ...passages] = (await load(`texts/${file}`, index.versions[file]))[entry - index.texts[file]];
          const kind = /** @type {Kind} */ (index.kinds.find((k) => entry < k.end));
          return { kind: kind.id, label, url: root + url, title, context, where, passages };
        })
      )
    );

  /** Where the terms stand in a text: pairs of its offsets, in order, apart. @param {string} text @param {Term[]} terms */
  function mark(text, terms) {
    let folded = "";
    /** @type {number[]} */
    const from = [];
    let at = 0;
    for (const character of text) {
      const plain = fold(character);
      for (let i = 0; i < plain.length; i++) from.push(at);
      folded += plain;
      at += character.length;
    }
    from.push(at);
    const found = cut(folded);
    const hits = [];
    for (const { words, prefix } of terms) {
      for (let i = 0; i + words.length <= found.length; i++) {
        const last = found[i + words.length - 1];
        const fits = words.every((word, n) => (prefix && n === words.length - 1 ? found[i + n].word.startsWith(word) : found[i + n].word === word));
        if (!fits) continue;
        // Of a pair of characters only what was asked for, of a word the whole.
        const whole = new RegExp(`^[${UNSPACED}]`, "u").test(last.word) ? last.at + words[words.length - 1].length : last.end;
        hits.push([from[found[i].at], from[whole]]);
      }
    }
    hits.sort((a, b) => a[0] - b[0]);
    return hits.reduce((/** @type {number[][]} */ apart, hit) => {
      const before = apart[apart.length - 1];
      if (before && hit[0] <= before[1]) before[1] = Math.max(before[1], hit[1]);
      else apart.push(hit);
      return apart;
    }, []);
  }

  w.dtSearch = { put, match, search, texts, mark, parse, words, ready: () => using(async () => {}) };
})();
