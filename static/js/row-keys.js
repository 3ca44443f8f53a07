/* Arrow keys walk the rows of a worklist; Enter follows the link as always. */
import { fresh } from "./fresh.js";

const linkOf = (row) => row?.querySelector(".listing__main a, a");

export default function rowKeys(tables) {
  for (const table of fresh(tables, "Keys")) {
    const rows = () => [...table.tBodies[0].rows].filter(linkOf);
    const go = (to) => {
      const link = linkOf(to);
      link?.focus();
      link?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !table.isConnected) return;
      const focused = document.activeElement;
      const inside = table.contains(focused);
      if (!inside && focused !== document.body && focused?.id !== "main") return;
      if (focused?.matches("input, select, textarea")) return;
      const all = rows();
      const at = all.indexOf(focused?.closest("tr"));
      const to = {
        ArrowDown: all[Math.min(at + 1, all.length - 1)],
        ArrowUp: all[Math.max(at - 1, 0)],
        Home: inside && all[0],
        End: inside && all.at(-1),
      }[event.key];
      if (!to) return;
      event.preventDefault();
      go(to);
    });
  }
}
