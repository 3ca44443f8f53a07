/* The page that checks a paper without a connection: the code of the paper is in the address or typed. */
import { check, payloadIn, Refused } from "./paper-check.js";

const FIELDS = ["title", "number", "name", "code", "issued", "until"];

async function keysOf(root) {
  try {
    const answer = await fetch(root.dataset.keys);
    if (answer.ok) return (await answer.json()).keys;
  } catch {
    // Without a connection: those that came with the page.
  }
  return JSON.parse(root.querySelector("[data-kept-keys]").dataset.keptKeys);
}

function spoken(iso) {
  const { lang } = document.documentElement;
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString(lang, {
    dateStyle: "long",
    timeZone: "UTC",
  });
}

function show(root, name) {
  for (const part of root.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== name;
}

async function answer(root, text) {
  if (!crypto.subtle) return show(root, "unable");
  try {
    const said = await check(payloadIn(text), await keysOf(root));
    const expired = said.until && said.until < new Date().toLocaleDateString("sv-SE");
    show(root, expired ? "expired" : "genuine");
    for (const field of FIELDS) {
      const isDay = ["issued", "until"].includes(field) && said[field];
      const value = isDay ? spoken(said[field]) : said[field];
      for (const place of root.querySelectorAll(`[data-said=${field}]`)) {
        place.textContent = value;
        place.closest("[data-row]").hidden = !value;
      }
    }
    root.querySelector("[data-facts]").hidden = false;
  } catch (error) {
    root.querySelector("[data-facts]").hidden = true;
    if (!(error instanceof Refused)) return show(root, "unable");
    show(root, "refused");
    for (const reason of root.querySelectorAll("[data-flaw]")) {
      reason.hidden = reason.dataset.flaw !== error.flaw;
    }
  }
  return undefined;
}

export default function checks([root]) {
  const form = root.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(root, form.elements.code.value);
  });
  addEventListener("hashchange", () => answer(root, location.hash.slice(1)));
  const within = /\/verify\/s\/[A-Za-z2-7]*/.exec(location.pathname);
  const asked = within ? within[0] : location.hash.slice(1);
  if (asked) answer(root, asked);
}
