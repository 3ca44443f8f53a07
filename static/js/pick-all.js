/* One box chooses all rows of the page. */
import { fresh } from "./fresh.js";

export default function pickAll(boxes) {
  for (const box of fresh(boxes, "Pick")) {
    const each = () => [...box.closest("table").querySelectorAll("tbody input[name=chosen]")];
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const one of each()) one.checked = box.checked;
    });
    box.closest("table").addEventListener("change", () => {
      const all = each();
      const chosen = all.filter((one) => one.checked).length;
      box.checked = chosen > 0 && chosen === all.length;
      box.indeterminate = chosen > 0 && chosen < all.length;
    });
  }
}
