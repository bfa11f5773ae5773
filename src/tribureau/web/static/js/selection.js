// How many accounts are ticked, on the button that disputes them. Without this module the button says no number.
import { announce } from "./announce.js";

export function countSelected() {
  const form = document.querySelector("[data-selection]");
  const count = document.querySelector("[data-selected] [data-count]");
  if (!form || !count) return;
  const show = () => {
    const ticked = form.querySelectorAll("input[name=tradeline]:checked").length;
    count.textContent = ticked ? `\u00a0(${ticked})` : "";
    return ticked;
  };
  show(); // what a browser keeps ticked when one comes back
  form.addEventListener("change", () => announce(`${show()} selected`));
  addEventListener("pageshow", show);
}
