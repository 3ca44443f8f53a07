/* A print button, where there is a printer to speak to. */
import { fresh } from "./fresh.js";

export default function prints(buttons) {
  for (const button of fresh(buttons, "Print")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
