// Buttons that copy a text, and a count of words beside a text that may have so many. Without this module one selects
// the text by hand, and the server counts.
import { announce } from "./announce.js";

export function copyTexts() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(button));
  }
}

export function countWords() {
  for (const text of document.querySelectorAll("[data-words]")) {
    const told = document.getElementById(text.dataset.words);
    const count = () => {
      const words = text.value.split(/\s+/).filter(Boolean).length;
      told.querySelector("[data-count]").textContent = words;
      told.classList.toggle("over", words > Number(text.dataset.most));
    };
    text.addEventListener("input", count);
    count();
  }
}

// The older command: the newer one is missing where the site is not behind HTTPS, as in one's own network.
function copy(button) {
  document.getElementById(button.dataset.copy).select();
  if (!document.execCommand("copy")) {
    announce("Selected. Press Ctrl and C to copy it.");
    return;
  }
  announce("Copied.");
  button.firstChild.textContent = "Copied ✓";
}
