// Dropped or chosen files go up one by one, each with a row of its own.
import { announce } from "./announce.js";
import { parse } from "./fragments.js";
import { lookAtAll } from "./live.js";

export function takeDrops() {
  const zone = document.querySelector("[data-drop]");
  if (!zone) return;
  const input = zone.querySelector("input[type=file]");
  const sendChosen = () => {
    send(zone, [...input.files]);
    input.value = "";
  };
  input.addEventListener("change", sendChosen);
  if (input.files.length) sendChosen(); // chosen before this module was here
  zone.addEventListener("submit", (event) => event.preventDefault());
  acceptDrops(zone);
}

function acceptDrops(zone) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    send(zone, [...event.dataTransfer.files]);
  });
}

async function send(zone, files) {
  const list = document.querySelector("[data-reports]");
  const rows = files.map((file) => {
    const row = copy(zone, "[data-sending]", file.name);
    row.querySelector("progress").setAttribute("aria-label", `Sending ${file.name}`);
    list.prepend(row);
    return row;
  });
  for (const [index, file] of files.entries()) await sendOne(zone, list, rows[index], file);
  lookAtAll();
}

async function sendOne(zone, list, row, file) {
  if (file.size > Number(zone.dataset.limit)) {
    const most = Math.round(Number(zone.dataset.limit) / 2 ** 20);
    return refuse(zone, row, file, `This file is larger than ${most} MB, the most that this site accepts.`);
  }
  try {
    const answer = await post(zone, file, (part) => { row.querySelector("progress").value = part; });
    const fresh = document.adoptNode(parse(answer).querySelector(".report"));
    if (fresh.id) document.getElementById(fresh.id)?.remove();
    row.replaceWith(fresh);
    announce(`${file.name}: ${fresh.querySelector(".report-state").textContent.trim()}`);
  } catch {
    refuse(zone, row, file, "The file did not get through. Check the connection, then drop it again.");
  }
  return undefined;
}

// XMLHttpRequest, because fetch does not tell how far an upload is.
function post(zone, file, onProgress) {
  const form = new FormData();
  for (const name of ["csrf_token", "report_source"]) form.append(name, zone.elements[name].value);
  form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", zone.action);
    request.setRequestHeader("X-Fragment", "1");
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (event) => onProgress((100 * event.loaded) / event.total));
    request.addEventListener("load", () => {
      if (new URL(request.responseURL).pathname === "/sign-in") location.assign(request.responseURL);
      else if (request.responseText.includes('class="report')) resolve(request.responseText);
      else reject(new Error(`the server answered ${request.status}`));
    });
    request.addEventListener("error", () => reject(new Error("no connection")));
    request.send(form);
  });
}

function refuse(zone, row, file, sentence) {
  const refusal = copy(zone, "[data-refusal]", file.name);
  refusal.querySelector(".box p").textContent = sentence;
  row.replaceWith(refusal);
  announce(`${file.name}: ${sentence}`);
}

function copy(zone, template, name) {
  const row = zone.querySelector(template).content.firstElementChild.cloneNode(true);
  row.querySelector("h2").textContent = name;
  return row;
}
