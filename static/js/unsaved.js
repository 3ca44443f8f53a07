/* Warn before leaving a form with changes that nobody saved. */
import { fresh } from "./fresh.js";

const changed = new Set();

const asText = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value?.name ?? value]));

export function markSaved(form) {
  changed.delete(form);
  form.dispatchEvent(new CustomEvent("saved"));
}

export default function guardForms(forms) {
  for (const form of fresh(forms, "Unsaved")) {
    let start = asText(form);
    const look = () => {
      if (asText(form) === start) changed.delete(form);
      else changed.add(form);
    };
    form.addEventListener("input", look);
    form.addEventListener("change", look);
    form.addEventListener("submit", () => changed.delete(form));
    form.addEventListener("saved", () => {
      start = asText(form);
    });
  }
}

addEventListener("beforeunload", (event) => {
  for (const form of changed) {
    if (form.isConnected) {
      event.preventDefault();
      return;
    }
  }
});
