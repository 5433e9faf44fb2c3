"use strict";
// Keeps the page as the phones are, once a second; what is being typed stays. Without this script the forms still work.

const EVERY = 1000; // milliseconds
const AT_END = 40; // pixels: nearer than this to the end, the conversation follows new texts

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function setText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

function bubbleOf(bubble) {
  const box = element("div", bubble.mine ? "bubble mine" : "bubble");
  const time = element("time", "", bubble.time);
  time.dateTime = bubble.iso;
  box.append(element("p", "", bubble.text), time);
  return box;
}

function lastDay(log) {
  const days = log.querySelectorAll(".day");
  return days.length ? days[days.length - 1].textContent : null;
}

function showConversation(log, bubbles) {
  const shown = log.querySelectorAll(".bubble").length;
  if (bubbles.length <= shown) return;
  const follow = log.scrollHeight - log.scrollTop - log.clientHeight < AT_END;
  log.querySelectorAll(".empty").forEach((node) => node.remove());
  let day = lastDay(log);
  for (const bubble of bubbles.slice(shown)) {
    if (bubble.day !== day) log.append(element("p", "day", bubble.day));
    day = bubble.day;
    log.append(bubbleOf(bubble));
  }
  if (follow) log.scrollTop = log.scrollHeight;
}

function show(state) {
  setText(document.getElementById("line"), state.line);
  const sections = new Map([...document.querySelectorAll(".phone")].map((node) => [node.dataset.number, node]));
  for (const phone of state.phones) {
    const section = sections.get(phone.number);
    if (!section) { // a phone that was not there before
      location.reload();
      return;
    }
    setText(section.querySelector(".clock"), phone.clock);
    setText(section.querySelector(".hint"), phone.hint);
    section.classList.toggle("waiting", phone.hint !== "");
    showConversation(section.querySelector(".conversation"), phone.bubbles);
  }
}

async function look() {
  const lost = document.getElementById("lost");
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    setText(lost, "");
  } catch {
    setText(lost, "The sandbox does not answer. This page goes on by itself when it does.");
  }
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const field = form.querySelector("input");
  const fields = new URLSearchParams(new FormData(form));
  const typed = field && field.value;
  if (field) field.value = "";
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
    if (answer.status >= 400) throw new Error(String(answer.status));
  } catch {
    if (field && field.value === "") field.value = typed;
  }
  await look();
}

for (const log of document.querySelectorAll(".conversation")) log.scrollTop = log.scrollHeight;
for (const form of document.querySelectorAll("form[data-quiet]")) form.addEventListener("submit", send);

async function keepLooking() {
  await look();
  setTimeout(keepLooking, EVERY);
}
keepLooking();
