"use strict";
// Makes pages quicker; every page works without it. New things arrive by a poll; what is being typed stays.

const EVERY = 15000; // milliseconds
const POLL = { "X-Coach-Poll": "1" };

function isBusy() { // somebody is typing, or has typed and not sent
  const within = document.activeElement;
  if (within && within.matches("input, textarea, select")) return true;
  return [...document.querySelectorAll("main input, main textarea")].some(
    (field) => field.type !== "hidden" && (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
}

function say(words) {
  const news = document.getElementById("news");
  if (news.textContent !== words) news.textContent = words;
}

function figureOf(page) { // what must not pass unseen: how many cases are open
  return page.querySelector("#cases .count")?.textContent ?? "0";
}

function take(page) {
  const before = document.getElementById("main");
  const after = page.getElementById("main");
  if (!after || after.textContent.replace(/\s+/g, " ") === before.textContent.replace(/\s+/g, " ")) return;
  if (isBusy()) {
    say("There is something new. It shows when you have finished, or open the page again.");
    return;
  }
  const more = Number(figureOf(page)) > Number(figureOf(document));
  const focused = document.activeElement?.id;
  document.title = page.title;
  before.replaceChildren(...after.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  prepare();
  say(more ? "A new case has come." : "");
}

async function look() {
  const address = document.getElementById("main").dataset.poll; // what a form led to may be another one
  try {
    const answer = await fetch(location.pathname === address ? location.href : address, { headers: POLL, cache: "no-store" });
    if (answer.status === 401) {
      say("You are signed out. Open the page again to sign in; what you have written is kept when you send it.");
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    say("coach does not answer. This page goes on by itself when it does.");
  }
  setTimeout(look, EVERY);
}

function prepare() {
  for (const log of document.querySelectorAll(".conversation")) log.scrollTop = log.scrollHeight;
}

document.addEventListener("submit", (event) => { // one click is one click
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 3000);
});
// A text to a patient is counted while it is written; the server counts, so that both say the same.
let counting;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-count]");
  if (!form || event.target.id !== "text") return;
  clearTimeout(counting);
  counting = setTimeout(async () => {
    const answer = await fetch(form.dataset.count, { method: "POST", headers: POLL, body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) document.getElementById("text-count").innerHTML = await answer.text();
  }, 300);
});

prepare();
if (document.querySelector("main[data-poll]")) setTimeout(look, EVERY);
