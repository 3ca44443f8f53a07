/* Files are sent with their progress shown; a lost connection leaves all that was typed. */
import { fresh } from "./fresh.js";
import { showPage } from "./swap.js";

const chosen = (form) =>
  [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);

const progressOf = (form) => {
  const box = document.createElement("div");
  box.className = "upload__progress";
  box.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = form.dataset.sending;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", form.dataset.sending);
  box.append(words, bar);
  form.append(box);
  return { box, words, bar };
};

const send = (form, submitter) => {
  const { box, words, bar } = progressOf(form);
  const body = new FormData(form, submitter);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    words.textContent = `${form.dataset.sending} ${bar.value}%`;
  });
  request.addEventListener("load", () => {
    const kind = request.getResponseHeader("Content-Type") ?? "";
    if (kind.startsWith("text/html")) showPage(request.responseText, request.responseURL);
    else location.reload();
  });
  request.addEventListener("error", () => {
    box.remove();
    delete form.dataset.underway;
    const refusal = document.createElement("p");
    refusal.className = "field__error";
    refusal.setAttribute("role", "alert");
    refusal.textContent = form.dataset.failed;
    form.append(refusal);
    submitter?.removeAttribute("aria-busy");
  });
  request.send(body);
};

export default function uploads(forms) {
  for (const form of fresh(forms, "Upload")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || !chosen(form)) return;
      event.preventDefault();
      if (form.dataset.underway) return;
      form.dataset.underway = "1";
      for (const old of form.querySelectorAll(":scope > .field__error")) old.remove();
      event.submitter?.setAttribute("aria-busy", "true");
      send(form, event.submitter);
    });
  }
}
