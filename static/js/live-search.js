/* Results follow the typing. The address follows too, so that reload and share show the same. */
import { fresh } from "./fresh.js";
import { showPart } from "./swap.js";

const WAIT = 180;

export default function liveSearch(forms) {
  for (const form of fresh(forms, "Search")) {
    const place = form.dataset.liveSearch;
    if (!document.querySelector(place)) continue;
    let timer;
    let running;
    let latest;
    const ask = async () => {
      const address = new URL(form.action);
      const asked = [...new FormData(form)].filter(([, value]) => value !== "");
      address.search = new URLSearchParams(asked);
      // Leaving the field says "change" once more: answering would replace a link under the finger.
      if (address.href === latest) return;
      latest = address.href;
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(address, {
          signal: running.signal,
          headers: { "X-Requested-With": "fetch" },
        });
        if (answer.ok && showPart(await answer.text(), place)) history.replaceState(null, "", address);
      } catch (reason) {
        if (reason.name !== "AbortError") latest = undefined; // offline: the button still works
      }
    };
    const soon = (event) => {
      if (event.isComposing) return; // pinyin on its way to characters
      clearTimeout(timer);
      timer = setTimeout(ask, event.type === "change" ? 0 : WAIT);
    };
    form.addEventListener("input", soon);
    form.addEventListener("compositionend", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", () => clearTimeout(timer));
  }
}
