/* Show a page that was fetched, as following a link to it would. */
let swapped = false;

export function showPage(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (address && address !== location.href) {
    history.pushState(null, "", address);
    swapped = true;
  }
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  import("./main.js").then((main) => main.enhance());
}

/* Put the part of a fetched page that `selector` names in the place of the present one. */
export function showPart(html, selector) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const now = document.querySelector(selector);
  const next = page.querySelector(selector);
  if (!now || !next) return false;
  const part = document.adoptNode(next);
  now.replaceWith(part);
  import("./main.js").then((main) => main.enhance(part));
  return true;
}

// Back to an address whose page is no longer in the document.
addEventListener("popstate", () => swapped && location.reload());
