// Please check these, by keyboard: Enter is «right», typing corrects, s skips, z takes the last answer back.
// Arrows, j, k, u and ? are those of every account's page (reading.js).

const COMMANDS = new Set(["j", "k", "u", "s", "z", "e", "?"]);

export function checkByKeys() {
  const page = document.querySelector("[data-checking]");
  if (!page) return;
  const input = page.querySelector("[name=value]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") leave(input);
    } else if (event.key === "Enter") {
      if (!event.target.closest("a, button, summary")) page.querySelector("[data-right]")?.click();
    } else if (event.key === "s") page.querySelector("[data-skip]")?.click();
    else if (event.key === "z") document.querySelector("[data-undo]")?.click();
    else if (event.key === "e") begin(event, input);
    else if (event.key.length === 1 && event.key !== " " && !COMMANDS.has(event.key)) begin(null, input);
  });
}

// Without `event` the key that was pressed goes on into the field, in the place of what was read.
function begin(event, input) {
  event?.preventDefault();
  input.focus();
  if (!event && input.matches("input, textarea")) input.select();
}

function leave(input) {
  input.form.reset();
  input.blur();
}
