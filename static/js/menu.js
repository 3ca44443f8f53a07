/* Menus are plain details. They close on a click elsewhere and on Escape; the officer's
   navigation starts folded on a narrow screen and always stands open on a wide one. */
import { fresh } from "./fresh.js";

const wide = matchMedia("(min-width: 992px)");

const close = (menu, focus) => {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
};

export default function menus(elements) {
  for (const element of fresh(elements, "Menu")) {
    if (element.matches("[data-fold-narrow]")) {
      const fit = () => {
        element.open = wide.matches;
      };
      fit();
      wide.addEventListener("change", fit);
    }
  }
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) close(menu, false);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    close(menu, menu.contains(document.activeElement));
  }
});
