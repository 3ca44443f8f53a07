/* The error summary gets the focus on arrival, so that it is read first. */
export default function focusFirst(elements) {
  elements[0].focus();
}
