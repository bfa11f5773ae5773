// Keeps reports and counts on the page as they are in the database: one stream of events for all of them.
import { announce } from "./announce.js";
import { fetchDocument, replace } from "./fragments.js";

const PAUSE = 150; // milliseconds between two looks at the same report
const PATIENCE = 5000; // after which an unsettled report is looked at without having heard of it
const UNSETTLED = new Set(["pending", "processing"]);
const looking = new Map(); // a report's id to whether something happened since the look began

export function followChanges() {
  if (!document.querySelector("[data-reports], [data-live]")) return;
  let stream = null;
  const listen = () => {
    stream?.close();
    stream = document.hidden ? null : open();
  };
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
  setInterval(lookAtAll, PATIENCE);
}

// Only a page that is seen listens: a browser gives a site six connections for all of its tabs.
function open() {
  const stream = new EventSource("/api/v1/events");
  stream.addEventListener("report_uploads", (event) => look(JSON.parse(event.data).id));
  stream.addEventListener("notifications", () => refreshParts("#live-navigation"));
  stream.addEventListener("exports", () => refreshParts("[data-live]"));
  stream.addEventListener("look-again", lookAtAll);
  return stream;
}

export function lookAtAll() {
  for (const row of document.querySelectorAll("[data-report]")) {
    if (UNSETTLED.has(row.dataset.status)) look(row.dataset.report);
  }
  if (document.querySelector("[data-live][data-unsettled]")) refreshParts("[data-live]");
}

// One look at a time, so that an older answer never replaces a newer one, and one more after the last event.
async function look(id) {
  if (looking.has(id)) {
    looking.set(id, true);
    return;
  }
  looking.set(id, false);
  await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  looking.set(id, false);
  const list = document.querySelector("[data-reports]");
  const row = list?.querySelector(`#report-${CSS.escape(id)}`);
  if (row) await refreshRow(row, id, list);
  else await refreshParts("[data-live]");
  const again = looking.get(id);
  looking.delete(id);
  if (again) look(id);
}

async function refreshRow(row, id, list) {
  const before = row.dataset.status;
  try {
    const fresh = (await fetchDocument(`/reports/${id}/row`)).querySelector(".report");
    const placed = replace(row, fresh);
    tell(placed, before);
    if (placed.dataset.status === "complete" && "reload" in list.dataset) location.reload();
  } catch {
    announce("No answer just now; looking again in a moment.");
  }
}

async function refreshParts(selector) {
  if (!document.querySelector(selector)) return;
  const page = await fetchDocument(location.pathname + location.search).catch(() => null);
  for (const part of document.querySelectorAll(selector)) {
    const fresh = page?.getElementById(part.id);
    if (fresh) replace(part, fresh);
  }
}

function tell(row, before) {
  const name = row.querySelector("h2").textContent.trim();
  const state = row.querySelector(".report-state").textContent.replace("✓", "").replace("✕", "").trim();
  const progress = row.querySelector(".report-progress p")?.textContent.trim();
  if (row.dataset.status !== before) announce(`${name}: ${state}`);
  else if (progress) announce(`${name}: ${progress}`);
}
