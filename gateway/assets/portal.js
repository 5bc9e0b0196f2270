// Enhancements of the portal. Every page works without this file.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Focus what the server marked: the error summary, a result, the one field; else the first
// field to fill in of the part that comes next.
function focusMarked(root) {
  if (location.hash || looked() > 0) return;
  const marked = $("[data-focus]", root);
  if (marked) { marked.focus(); return; }
  const part = $("[data-first]", root);
  if (!part) return;
  const reachable = $$("input:not([type=hidden]), select, textarea, button", part)
    .filter((one) => one.tabIndex >= 0 && one.getClientRects().length > 0 && !one.closest("[data-place]"));
  const empty = reachable.find((one) => one.matches("[type=text], textarea, select") && one.value === "");
  const first = empty || reachable[0];
  if (first) first.focus();
}

// How often this page has just looked at itself again: the focus stays where the reader has it.
function looked() {
  const [page, times, at] = JSON.parse(sessionStorage.getItem("looked") ?? "[]");
  return page === location.href && Date.now() - at < 30000 ? times : 0;
}

// Somebody is about to answer: look again, unless somebody is writing; for a minute at most.
function lookAgain(part) {
  if (looked() >= 30) return;
  const writing = () => document.hidden || $("details[open] form, details .error, #reveal, #shown", part) !== null;
  setTimeout(() => {
    if (writing()) { lookAgain(part); return; }
    sessionStorage.setItem("looked", JSON.stringify([location.href, looked() + 1, Date.now()]));
    location.replace(location.pathname + location.search);
  }, 2000);
}

// Fields that only matter when a sibling has a value.
function showRelevant(root) {
  for (const field of $$("[data-show-name]", root)) {
    const inputs = $$(`[name="${CSS.escape(field.dataset.showName)}"]`, root);
    const wanted = field.dataset.showEquals.split("|");
    const value = (input) => {
      if (input.type === "checkbox") return String(input.checked);
      if (input.type === "radio") return input.checked ? input.value : null;
      return input.value;
    };
    field.hidden = inputs.length > 0 && !inputs.some((input) => wanted.includes(value(input)));
  }
}

// 还可以写 N 个字
function countCharacters(root) {
  for (const input of $$("textarea[data-max]", root)) {
    const most = Number(input.dataset.max);
    let note = input.nextElementSibling;
    if (!note || !note.classList.contains("counter")) {
      note = document.createElement("p");
      note.className = "counter";
      input.after(note);
    }
    const left = most - [...input.value].length;
    note.textContent = left >= 0 ? `还可以写${left}个字` : `多了${-left}个字`;
  }
}

// Province, prefecture, county, township as boxes, instead of a search.
const LEVELS = ["省（自治区、直辖市）", "市（州）", "县（市、区）", "乡镇（街道）", "村（社区）"];

async function divisions(parent) {
  const answer = await fetch(`/divisions?parent=${parent}`, { headers: { accept: "application/json" } });
  return answer.ok ? answer.json() : [];
}

async function cascade(place) {
  const digits = Number(place.dataset.digits);
  const name = place.dataset.place;
  const search = $(".search", place);
  const box = document.createElement("div");
  box.className = "cascade";
  const say = document.createElement("p");
  say.className = "sr";
  say.setAttribute("role", "status");
  const target = document.createElement("input");
  target.type = "hidden";
  const wanted = $(`input[type=radio][name="${CSS.escape(name)}"]:checked`, place);
  let chain = [];

  async function level(depth, parent, chosen) {
    while (box.children.length > depth) box.lastElementChild.remove();
    if (!parent) return;
    const options = await divisions(parent);
    if (options.length === 0) return;
    const label = document.createElement("label");
    label.append(LEVELS[depth]);
    const select = document.createElement("select");
    select.append(new Option("请选择", ""));
    for (const option of options) select.append(new Option(option.name, option.code));
    select.value = chosen || "";
    label.append(select);
    box.append(label);
    select.addEventListener("change", async () => {
      const code = select.value;
      const done = code.length === digits;
      for (const radio of $$(`input[type=radio][name="${CSS.escape(name)}"]`, place)) radio.checked = false;
      target.name = done ? name : "";
      target.value = done ? code : "";
      $("input[type=text]", search).value = "";
      say.textContent = done ? `已选择${select.selectedOptions[0].text}` : "";
      if (done) { while (box.children.length > depth + 1) box.lastElementChild.remove(); }
      else await level(depth + 1, code, "");
      place.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return select;
  }

  if (wanted) {
    const code = wanted.value;
    chain = [code.slice(0, 2) + "0000", code.slice(0, 4) + "00", code.slice(0, 6)];
    if (code.length >= 9) chain.push(code.slice(0, 9));
    if (code.length >= 12) chain.push(code);
  }
  await level(0, "000000", chain[0]);
  for (let depth = 1; depth < chain.length; depth++) {
    if (chain[depth - 1].length < digits) await level(depth, chain[depth - 1], chain[depth]);
  }
  search.before(box, say, target);
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "用名称查找";
  search.replaceWith(details);
  details.append(summary, search);
  if ($(".error, .found", place)) details.open = true;
}

function enhance(root) {
  showRelevant(root);
  countCharacters(root);
  for (const place of $$("[data-place]", root)) cascade(place);
  for (const button of $$("[data-print]", root)) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  // With a script the file goes up when it is chosen.
  for (const input of $$("input[data-upload]", root)) {
    input.addEventListener("change", () => {
      const button = input.parentElement.querySelector("button");
      if (input.files.length === 0) return;
      const block = input.closest(".upload");
      block.classList.add("busy");
      $(".pick", block).textContent = "正在上传…";
      input.form.requestSubmit(button);
    });
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) { showRelevant(form); countCharacters(form); }
});
document.addEventListener("change", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) showRelevant(form);
});

// Where the reader goes on after an entry came or went.
function land(form, pressed) {
  const [verb, name] = pressed.split(":");
  const list = verb === "remove" ? name.replace(/\.\d+$/, "") : name;
  const mark = form.querySelector(`[name="${CSS.escape(list)}._"], [name="${CSS.escape(list)}_q"]`);
  const block = mark && mark.closest("fieldset");
  if (!block) return;
  const entries = [...block.children].filter((child) => child.matches(".entry, .single"));
  const target = verb === "add" && entries.length > 0 ? entries[entries.length - 1] : block;
  const focus = target.matches("[tabindex]") ? target : $("input, select, textarea", target);
  if (focus) focus.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

// Adding and removing entries, looking places up: the same post, without a reload.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  // One at a time: some buttons of the form stand beside it.
  if (form.inert) { event.preventDefault(); return; }
  if (!form.matches("[data-live]") || !button || !/^(add|remove|find):/.test(button.value)) return;
  event.preventDefault();
  const data = new FormData(form);
  data.set(button.name, button.value);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  // Nothing is typed into what is about to be replaced.
  form.inert = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout?.(20000) });
    if (answer.redirected && new URL(answer.url).pathname === "/login") throw new Error("signed out");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = form.id ? page.getElementById(form.id) : page.querySelector(`form[action="${CSS.escape(form.getAttribute("action"))}"]`);
    if (!fresh) throw new Error("no form");
    form.textContent = "";
    form.append(...fresh.childNodes);
    form.inert = false;
    enhance(form);
    land(form, button.value);
  } catch {
    form.inert = false;
    form.removeAttribute("data-live");
    form.requestSubmit(button);
  }
});

// A form is filed once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => { for (const form of $$("form[data-sent]")) delete form.dataset.sent; });

// Worklist: j, k, Enter, /.
function worklist(table) {
  const links = $$("a.go", table);
  let at = -1;
  const go = (index) => {
    if (links.length === 0) return;
    at = Math.max(0, Math.min(links.length - 1, index));
    links[at].focus();
    links[at].closest("tr").scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "/") { const jump = $('[data-key="/"]'); if (jump) { event.preventDefault(); jump.focus(); } }
  });
  table.addEventListener("focusin", (event) => { const index = links.indexOf(event.target); if (index >= 0) at = index; });
}

// Leaves at once, and nothing to come back to.
for (const link of $$("[data-leave]")) {
  link.addEventListener("click", (event) => { event.preventDefault(); location.replace(link.href); });
}

document.documentElement.classList.add("js");
enhance(document);
focusMarked(document);
for (const table of $$("[data-work]")) worklist(table);
if ($("[data-expects]")) lookAgain($("[data-expects]"));
else sessionStorage.removeItem("looked");
// A link into a folded block opens it.
const open = () => { const target = location.hash && document.getElementById(location.hash.slice(1)); if (target instanceof HTMLDetailsElement) target.open = true; };
window.addEventListener("hashchange", open);
open();
