// The letter beside the choices, rendered anew by the server as one chooses. Without this module a button shows it.
import { parse } from "./fragments.js";

const PAUSE = 300;

export function followChoices() {
  const form = document.querySelector("[data-letter]");
  if (!form) return;
  let waiting = 0;
  let newest = 0;
  form.querySelector("[data-look]").remove();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(form, (newest += 1), () => newest), PAUSE);
  });
}

async function show(form, asked, newest) {
  const answer = await fetch(form.dataset.letter, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer || asked !== newest()) return;
  const page = parse(await answer.text());
  for (const piece of page.querySelectorAll("[data-piece]")) {
    document.getElementById(piece.id)?.replaceWith(document.adoptNode(piece));
  }
}
