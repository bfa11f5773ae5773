// Asks before a page is left on which something was typed that is not saved.

export function guardUnsaved() {
  const unsaved = new Set();
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    if (form.dataset.unsaved || isChanged(form)) unsaved.add(form);
    form.addEventListener("input", () => unsaved.add(form));
    form.addEventListener("submit", () => unsaved.delete(form));
  }
  window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });
}

// Whether a form differs from how it came: typed before the modules ran, or kept by the browser over a reload.
export function isChanged(form) {
  return [...form.elements].some((field) => {
    if (field.matches("select")) {
      return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    }
    if (field.matches("[type=checkbox]")) return field.checked !== field.defaultChecked;
    return field.matches("input, textarea") && field.value !== field.defaultValue;
  });
}
