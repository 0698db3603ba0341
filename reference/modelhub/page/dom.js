/** Makes elements; whatever comes from people or from the source is only ever put in as text. */

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Changes a text only when it is another one, so that nothing is read out again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
