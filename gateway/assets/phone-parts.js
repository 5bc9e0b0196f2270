// Pieces of every page that works without a connection: elements with their text, sending, the
// choice between two values, the worker.
"use strict";

// One object for the pages' scripts.
window.phoneParts = (() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // An element with its text; never markup, so whatever was typed stays text.
  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  const local = (at) => new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

  // 2026-05-12 → 5月12日.
  const day = (iso) => iso.replace(/^\d+-0?(\d+)-0?(\d+)$/, "$1月$2日");

  // Two values of a field, one of them to be chosen.
  function choice(name, conflict, here) {
    const box = element("fieldset", "", { class: "field" });
    box.append(element("legend", conflict.title));
    for (const [take, text] of [["stored", `${conflict.stored_text || "空"}（${here}）`], ["sent", `${conflict.sent_text || "空"}（${conflict.sent_by || "本机"}写的）`]]) {
      const option = element("div", "", { class: "option" });
      option.append(element("input", "", { type: "radio", id: `${name}-${take}`, name, value: take, required: "" }), element("label", text, { for: `${name}-${take}` }));
      box.append(option);
    }
    return box;
  }

  const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

  const SIGN_IN = "请重新登录，没有发出的都还在";
  // Sends a form; says in words why it was not taken.
  async function post(path, fields, refused) {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const answer = await fetch(path, { method: "POST", body, credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) throw new Error(SIGN_IN);
    if (!answer.ok) throw new Error(refused);
    return answer.json();
  }

  // Lets the page open without a connection from now on.
  async function keepPage(script, page) {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register(script, { scope: page });
    const ready = await navigator.serviceWorker.ready;
    const files = [...$$("link[rel=stylesheet], link[rel=icon]").map((one) => one.href), ...$$("script[src]").map((one) => one.src)];
    ready.active.postMessage([page, ...files]);
  }

  return { $, $$, element, local, day, choice, same, post, keepPage, SIGN_IN };
})();
