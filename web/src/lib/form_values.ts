// What stands in the fields of a form, by name.

export type Values = Record<string, string>;

export function valuesOf(form: HTMLFormElement, by: HTMLElement | null = null): Values {
  const values: Values = {};
  // Boxes of one name are a list of codes with a space between them.
  for (const [name, value] of new FormData(form, by)) {
    if (typeof value === 'string') values[name] = values[name] === undefined ? value : `${values[name]} ${value}`;
  }
  return values;
}

/** Whether the field holds something else now. What is not given stays, but a box that is not given is not ticked. */
function put(field: Element, values: Values): boolean {
  if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type) && field.name !== '') {
    const before = field.checked;
    field.checked = values[field.name]?.split(' ').includes(field.value) ?? false;
    return field.checked !== before;
  }
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return false;
  const before = field.value;
  field.value = values[field.name] ?? before;
  return field.value !== before;
}

/** Puts values back where they came from, as if they were typed. */
export function fill(form: HTMLFormElement, values: Values): void {
  for (const field of form.elements) {
    if (!put(field, values)) continue;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}
