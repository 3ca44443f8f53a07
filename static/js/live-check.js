/* A value is checked while it is typed: GET address?<name>=<value>, the answer is HTML. */
import { fresh } from "./fresh.js";

const WAIT = 350;

export default function liveChecks(inputs) {
  for (const input of fresh(inputs, "Check")) {
    const place = document.querySelector(`[data-live-answer="${CSS.escape(input.id)}"]`);
    let timer;
    let running;
    const ask = async () => {
      running?.abort();
      running = new AbortController();
      if (!input.value.trim()) {
        place.replaceChildren();
        return;
      }
      const address = new URL(input.dataset.liveCheck, location.href);
      address.searchParams.set(input.name, input.value);
      for (const name of (input.dataset.liveWith ?? "").split(" ").filter(Boolean)) {
        address.searchParams.set(name, new FormData(input.form).get(name) ?? "");
      }
      try {
        const answer = await fetch(address, {
          signal: running.signal,
          headers: { "X-Requested-With": "fetch" },
        });
        if (!answer.ok) {
          place.replaceChildren(); // what stands there was said of another value
          return;
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...page.body.childNodes);
      } catch {
        // Offline or overtaken: the check at submission says the same.
      }
    };
    const soon = (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };
    input.addEventListener("input", soon);
    input.addEventListener("compositionend", soon);
    // On a slow line people type before this module has arrived.
    if (input.value !== input.defaultValue) ask();
  }
}
