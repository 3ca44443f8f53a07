/* Files may be dragged onto their field; the chosen ones are listed with their size. */
import { fresh } from "./fresh.js";

const sizeOf = (bytes) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

const listFiles = (input, list) => {
  list.replaceChildren(
    ...[...input.files].map((file) => {
      const entry = document.createElement("li");
      const name = document.createElement("span");
      const size = document.createElement("span");
      name.textContent = file.name;
      size.textContent = sizeOf(file.size);
      size.className = "num";
      entry.append(name, size);
      return entry;
    }),
  );
  list.hidden = !input.files.length;
};

export default function drops(places) {
  for (const place of fresh(places, "Drop")) {
    const input = place.querySelector("input[type=file]");
    const list = place.querySelector("[data-drop-files]");
    place.querySelector("[data-drop-hint]").hidden = false;
    input.addEventListener("change", () => listFiles(input, list));
    for (const name of ["dragenter", "dragover"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.add("upload--over");
      });
    }
    for (const name of ["dragleave", "drop"]) {
      place.addEventListener(name, () => place.classList.remove("upload--over"));
    }
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = new DataTransfer();
      const dropped = [...event.dataTransfer.files];
      for (const file of input.multiple ? dropped : dropped.slice(0, 1)) files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
