/* Runs before anything is drawn, and in files that follow: the theme's script finds here what the theme would inline
   (partials/javascripts/base.html), styles keep room for what scripts add, and the main typefaces are on their way. */
(() => {
  "use strict";

  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const root = new URL("../../", here);

  /* Where a policy asks for trusted types: HTML brings no programs along, and scripts come from this site's folder. */
  const programs = /<(script|iframe|object|embed|base|link|meta)\b/i;
  /** @type {any} */ (window).trustedTypes?.createPolicy("default", {
    createHTML: (/** @type {string} */ html) => (programs.test(html) ? null : html),
    createScriptURL: (/** @type {string} */ url) => (new URL(url, document.baseURI).href.startsWith(root.href) ? url : null),
  });

  /** What the theme remembers, such as the scheme, by the site's address. @param {string} key */
  const name = (key, scope = root) => `${scope.pathname}.${key}`;
  Object.assign(window, {
    __md_scope: root,
    __md_hash: (/** @type {string} */ text) => [...text].reduce((sum, c) => (sum << 5) - sum + c.charCodeAt(0), 0),
    __md_get: (/** @type {string} */ key, store = localStorage, scope = root) => JSON.parse(store.getItem(name(key, scope)) || "null"),
    __md_set: (/** @type {string} */ key, /** @type {any} */ value, store = localStorage, scope = root) => {
      try {
        store.setItem(name(key, scope), JSON.stringify(value));
      } catch {}
    },
    /* The switch of schemes, where the reader left it, or else as the system has it. The theme's own would turn it
       when the page is drawn already, and have everything styled twice more. */
    __dt_palette: () => {
      const { __md_get, __md_set } = /** @type {any} */ (window);
      const options = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".md-option")]);
      /** @param {HTMLInputElement} option */
      const show = (option) => {
        document.body.setAttribute("data-md-color-scheme", option.dataset.mdColorScheme || "");
        for (const other of options) {
          other.checked = other === option;
          other.nextElementSibling?.toggleAttribute("hidden", other !== option);
        }
      };
      const media = options.map((option) => matchMedia(option.dataset.mdColorMedia || "none"));
      show(options[__md_get("__palette")?.index] || options.find((_, index) => media[index].matches) || options[0]);
      options.forEach((option, index) => {
        option.onchange = () => (show(option), __md_set("__palette", { index }));
        // It looks like a button, so it is worked like one.
        option.onkeydown = (event) => {
          if (!/^( |Enter)$/.test(event.key)) return;
          event.preventDefault();
          const next = options[index + 1] || options[0];
          next.click();
          next.focus();
        };
        media[index].onchange = ({ matches }) => matches && !__md_get("__palette") && show(option);
      });
    },
  });

  /* On a phone typefaces would hold up the words: there they are fetched when the first page is done, and the next
     one has them. A folder has them at once, but no browser loads ahead from one: they are put on when they are read. */
  document.documentElement.className = "js";
  const link = (/** @type {string} */ rel, /** @type {string} */ href) =>
    document.head.append(Object.assign(document.createElement("link"), { rel, as: "font", type: "font/woff2", crossOrigin: "", href }));
  const wide = matchMedia("(min-width: 60em)").matches;
  let now = location.protocol === "file:";
  try {
    now ||= !wide && sessionStorage.getItem("dt-faces") === "1";
  } catch {}
  for (const [family, weight, file] of [["Source Sans 3", "400 700", "sans"], ["Source Serif 4", "400 600", "serif"]]) {
    const href = new URL(`assets/fonts/${file}.woff2`, root).href;
    if (now) new FontFace(family, `url("${href}")`, { weight }).load().then((face) => document.fonts.add(face), () => {});
    else if (wide) link("preload", href);
    else addEventListener("load", () => link("prefetch", href));
  }
  if (!now && !wide)
    addEventListener("load", () => {
      try {
        sessionStorage.setItem("dt-faces", "1");
      } catch {}
    });
})();
