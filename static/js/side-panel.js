/* A side panel taller than the window scrolls with the page until its end is in sight, then stays. */
import { fresh } from "./fresh.js";

const GAP = 16;

export default function sidePanels(panels) {
  for (const panel of fresh(panels, "Panel")) {
    const fit = () => {
      panel.style.top = `${Math.min(GAP, innerHeight - panel.offsetHeight - GAP)}px`;
    };
    new ResizeObserver(fit).observe(panel);
    addEventListener("resize", fit);
  }
}
