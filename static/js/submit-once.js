/* A second press while the first is on its way does nothing. The server would ignore it too. */
import { fresh } from "./fresh.js";

const release = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

export default function guardSubmits(forms) {
  for (const form of fresh(forms, "Submit")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      form.dataset.sent = "1";
      event.submitter?.setAttribute("aria-busy", "true");
      // Another listener may have kept the form on this page; a download or a lost connection
      // leaves the page where it is.
      setTimeout(() => event.defaultPrevented && release(form));
      setTimeout(() => release(form), 8000);
    });
  }
}

// Back from the next page: the buttons work again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) release(form);
});
