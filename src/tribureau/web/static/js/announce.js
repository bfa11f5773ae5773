// Tells a screen reader what changed, without moving the focus.
export function announce(sentence) {
  const place = document.querySelector("[data-announcements]");
  if (place) place.textContent = sentence;
}
