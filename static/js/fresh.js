/* Which elements of a list have not been seen by this part yet. */
export function fresh(elements, part) {
  const mark = `seen${part}`;
  return elements.filter((element) => {
    if (element.dataset[mark]) return false;
    element.dataset[mark] = "1";
    return true;
  });
}
