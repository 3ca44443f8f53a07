/* Drafts save themselves a moment after the last change and say when. A draft validates nothing.
   The answer names hidden fields that are out of date now, such as the version that was seen.
   409 and 422 are refusals in words (`refused`): they are shown, what was typed stays, and nothing
   is sent again by itself: after 409 the person decides by saving, after 422 by changing it.
   Only a lost line or a fault of the server is tried again. */
import { fresh } from "./fresh.js";
import { markSaved } from "./unsaved.js";

const WAIT = 2000;
const AGAIN = 10000;

const draftOf = (form) => {
  const draft = new FormData(form);
  draft.delete("once"); // the key of the real submission stays unused
  for (const [name, value] of [...draft]) if (value instanceof File) draft.delete(name);
  return draft;
};

const renew = (form, values) => {
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
};

export default function autosave(forms) {
  for (const form of fresh(forms, "Autosave")) {
    const status = form.querySelector("[data-autosave-status]");
    let timer;
    let running;
    let stale = false;
    const warn = (words) => {
      status.classList.add("saved--wrong");
      status.textContent = words;
    };
    const save = async () => {
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: draftOf(form),
          headers: { "X-Requested-With": "fetch", "X-Autosave": "1" },
        });
        if (answer.status === 409 || answer.status === 422) {
          stale = answer.status === 409;
          warn((await answer.json()).refused);
          return;
        }
        if (!answer.ok) throw new Error(answer.statusText);
        if (answer.headers.get("Content-Type") === "application/json") {
          renew(form, await answer.json());
        }
        // The office's clock, not the one of this machine.
        const time = new Date(answer.headers.get("Date")).toLocaleTimeString("zh-CN", {
          hour: "2-digit",
          minute: "2-digit",
          hour12: false,
          timeZone: "Asia/Shanghai",
        });
        status.classList.remove("saved--wrong");
        status.textContent = status.dataset.saved.replace("{time}", time);
        markSaved(form);
      } catch {
        warn(status.dataset.failed);
        timer = setTimeout(soon, AGAIN);
      }
    };
    const soon = () => {
      running = save().finally(() => {
        running = null;
      });
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      if (!stale) timer = setTimeout(soon, WAIT);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!running) return;
      event.preventDefault(); // what is on its way arrives first, or it would be the newer one
      running.then(() => form.requestSubmit(event.submitter));
    });
  }
}
