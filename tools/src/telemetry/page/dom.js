const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children. Text stays text: nothing that was sent to us becomes markup. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for a drawing. */
export const s = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

function fill(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    // By the object model, because the page's policy forbids style attributes.
    else if (name === 'style')
      for (const [key, set] of Object.entries(value)) element.style.setProperty(key, set);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(
    ...children.flat(2).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

const shown = new WeakMap();

/** Draws anew only what has changed, and leaves the keyboard where it was. */
export function renew(container, what, draw) {
  const now = JSON.stringify(what);
  if (shown.get(container) === now) return;
  shown.set(container, now);
  const key = container.contains(document.activeElement) && document.activeElement.dataset.key;
  container.replaceChildren(...[draw(what)].flat(Infinity));
  if (key) container.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
