// On an account's page: from a value to its box and back, and from account to account by keyboard.

export function linkValuesAndBoxes() {
  const pictures = document.querySelector("[data-pictures]");
  if (!pictures) return;
  for (const link of pictures.querySelectorAll("[data-zoom]")) link.addEventListener("click", (event) => zoom(event, pictures));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-show], a[data-box]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const aim = document.getElementById(link.getAttribute("href").slice(1));
    if (!aim) return;
    event.preventDefault();
    if (link.dataset.show) showBox(aim, pictures);
    else showValue(aim);
  });
}

function zoom(event, pictures) {
  event.preventDefault();
  const larger = pictures.classList.toggle("zoomed");
  for (const link of pictures.querySelectorAll("[data-zoom]")) link.textContent = larger ? "Smaller" : "Larger";
  pictures.querySelector(".sheet .shown")?.scrollIntoView({ block: "center", inline: "center" });
}

function showBox(box, pictures) {
  mark(box);
  if (pictures.scrollHeight > pictures.clientHeight && getComputedStyle(pictures).position === "sticky") {
    const frame = pictures.getBoundingClientRect();
    const place = box.getBoundingClientRect();
    pictures.scrollTo({
      top: pictures.scrollTop + place.top - frame.top - frame.height / 3,
      left: pictures.scrollLeft + place.left - frame.left - frame.width * 0.6,
    });
    if (frame.top < 0 || frame.bottom > innerHeight) pictures.scrollIntoView({ block: "nearest" });
  } else {
    box.scrollIntoView({ block: "center" });
  }
  box.focus({ preventScroll: true });
}

function showValue(value) {
  mark(value);
  value.closest("details.missing")?.setAttribute("open", "");
  value.scrollIntoView({ block: "center" });
  const link = value.querySelector("a[data-show]") ?? value;
  link.focus({ preventScroll: true });
}

function mark(element) {
  for (const shown of document.querySelectorAll(".shown")) shown.classList.remove("shown");
  element.classList.add("shown");
}

const KEYS = {
  j: "[data-next]",
  ArrowRight: "[data-next]",
  k: "[data-previous]",
  ArrowLeft: "[data-previous]",
  u: "[data-up]",
};

export function moveByKeys() {
  const help = document.querySelector(".keys");
  if (!help) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "?") help.open = !help.open;
    else if (event.key === "Escape") help.open = false;
    else if (KEYS[event.key]) document.querySelector(KEYS[event.key])?.click();
    else return;
    event.preventDefault();
  });
}
