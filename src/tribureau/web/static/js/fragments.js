// Pieces of pages, rendered by the server, put in the place of older ones.

export async function fetchDocument(address) {
  const answer = await fetch(address, { headers: { "X-Fragment": "1", Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return parse(await answer.text());
}

export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

// Puts `fresh` where `old` is, but keeps what the user is typing in there.
export function replace(old, fresh) {
  if (old.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return old;
  const place = document.adoptNode(fresh);
  old.replaceWith(place);
  return place;
}
