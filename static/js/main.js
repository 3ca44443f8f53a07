/* What a page gains with script. Nothing here is needed: each part improves what works without.
   A part is loaded only where its mark stands; `enhance(root)` may run again on new markup. */
const PARTS = {
  "[data-focus]": "./focus.js",
  "form[method=post]": "./submit-once.js",
  "form[data-guard]": "./unsaved.js",
  "form[data-autosave]": "./autosave.js",
  "form[data-upload]": "./upload.js",
  "[data-drop]": "./drop.js",
  "form[data-live-search]": "./live-search.js",
  "[data-live-check]": "./live-check.js",
  "table[data-keys]": "./row-keys.js",
  "[data-pick-all]": "./pick-all.js",
  "select[data-seek]": "./seek.js",
  "[data-copy]": "./copy.js",
  "[data-print]": "./print.js",
  "[data-offline-ready]": "./offline-ready.js",
  "[data-offline-check]": "./offline-check.js",
  ".twin__panel": "./side-panel.js",
  "[data-menu], [data-fold-narrow]": "./menu.js",
};

export function enhance(root = document) {
  for (const [mark, part] of Object.entries(PARTS)) {
    const found = [...root.querySelectorAll(mark)];
    if (root !== document && root.matches(mark)) found.unshift(root);
    if (found.length) {
      import(part).then((module) => module.default(found));
    }
  }
}

enhance();
