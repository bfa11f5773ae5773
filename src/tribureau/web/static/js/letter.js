// The letter beside the choices, rendered anew by the server as one chooses. Without this module a button shows it.
import { parse } from "./fragments.js";
import { isChanged } from "./unsaved.js";

const PAUSE = 300;

export function followChoices() {
  const form = document.querySelector("[data-letter]");
  if (!form) return;
  let waiting = 0;
  let asking = new AbortController();
  const look = () => {
    clearTimeout(waiting);
    asking.abort();
    asking = new AbortController();
    waiting = setTimeout(show, PAUSE, form, asking.signal);
  };
  form.querySelector("[data-look]").remove();
  form.addEventListener("input", look);
  if (isChanged(form)) look();
}

// `signal` is aborted by the next choice: what answers it late, whole or in part, is never shown.
async function show(form, signal) {
  const asked = { method: "POST", body: new FormData(form), signal };
  const text = await fetch(form.dataset.letter, asked).then((answer) => answer.text()).catch(() => "");
  if (!text || signal.aborted) return;
  for (const piece of parse(text).querySelectorAll("[data-piece]")) {
    document.getElementById(piece.id)?.replaceWith(document.adoptNode(piece));
  }
}
