/* A long choice is narrowed by typing a part of the name. Without script the choice is whole. */
import { fresh } from "./fresh.js";

const plain = (words) => words.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");

export default function seek(selects) {
  for (const select of fresh(selects, "Seek")) {
    const whole = [...select.children].map((part) => part.cloneNode(true));
    const box = document.createElement("input");
    box.type = "search";
    box.className = "form-control form-control--30 seek";
    box.placeholder = select.dataset.seek;
    box.autocomplete = "off";
    box.setAttribute("aria-label", select.dataset.seek);
    box.setAttribute("aria-controls", select.id);
    const told = document.createElement("p");
    told.className = "field__hint";
    told.setAttribute("role", "status");

    const matching = (part, words, chosen) => {
      const copy = part.cloneNode(true);
      const keep = (option) => !option.value || option.value === chosen || plain(option.textContent).includes(words);
      if (copy.tagName === "OPTION") return keep(copy) ? copy : null;
      for (const option of [...copy.children]) if (!keep(option)) option.remove();
      return copy.children.length ? copy : null;
    };
    const narrow = () => {
      const words = plain(box.value);
      let chosen = select.value;
      const left = whole.map((part) => matching(part, words, chosen)).filter(Boolean);
      select.replaceChildren(...left);
      const hits = [...select.options].filter((option) => option.value && plain(option.textContent).includes(words));
      if (words && hits.length === 1) chosen = hits[0].value; // the only one that is meant
      select.value = chosen;
      told.textContent = words && !hits.length ? select.dataset.seekNone : "";
    };
    box.addEventListener("input", (event) => event.isComposing || narrow());
    box.addEventListener("compositionend", narrow);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // narrows, does not send
    });
    select.before(box);
    select.after(told);
  }
}
