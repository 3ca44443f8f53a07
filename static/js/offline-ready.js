/* Makes this phone ready to check papers without a connection. */
export default async function ready([place]) {
  if (!navigator.serviceWorker) return;
  const said = place.querySelector("[data-ready]");
  try {
    await navigator.serviceWorker.register(place.dataset.offlineReady, { scope: place.dataset.scope });
    await navigator.serviceWorker.ready;
    await fetch(place.dataset.keys); // through the worker, which keeps the newest list
    if (said) said.hidden = false;
  } catch {
    // A browser that allows no worker checks online.
  }
}
