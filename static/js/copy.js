/* Numbers are copied with one press. The button is there only where the browser can. */
import { fresh } from "./fresh.js";

export default function copies(buttons) {
  if (!navigator.clipboard) return;
  for (const button of fresh(buttons, "Copy")) {
    const said = button.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = button.dataset.copied;
      setTimeout(() => {
        said.textContent = "";
      }, 2500);
    });
  }
}
