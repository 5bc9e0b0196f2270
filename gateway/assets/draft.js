// Drafts save themselves two seconds after the last key. One save at a time: the next one, and the
// button, wait for its answer, so that this window is never taken for another one. After portal.js.
"use strict";

function autosave(form) {
  let timer = 0;
  let saving = null;
  let again = false;
  // The button was pressed and waits; it was told that the line is bad; it passes; it has passed.
  let [held, warned, through, gone] = [false, false, false, false];
  let signedOut = false;
  // What was sent, while nobody knows whether it arrived: sent once more before anything else.
  let unanswered = null;
  const saved = $("[data-saved]", form.parentElement);
  const say = (text, trouble) => {
    const place = $("[data-saved]", form) || saved;
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("trouble", Boolean(trouble));
  };
  function offerLogin() {
    signedOut = true;
    const link = document.createElement("a");
    link.href = "/login";
    link.target = "_blank";
    link.textContent = "在新窗口登录";
    const place = $("[data-saved]", form) || saved;
    say("登录已过期，填的内容还在这一页。请");
    place.classList.add("trouble");
    place.append(link, "，登录后回到这里继续填。");
  }
  async function refresh() {
    const answer = await fetch("/session", { headers: { accept: "application/json" } });
    if (!answer.ok) return false;
    const session = await answer.json();
    if (!session.csrf || session.who !== form.elements.who.value) return false;
    for (const input of $$('input[name="csrf"]')) input.value = session.csrf;
    return true;
  }
  function written() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams(data);
  }
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, 2000); };
  const retry = () => { clearTimeout(timer); timer = setTimeout(save, 15000); };
  async function send() {
    const body = unanswered ?? written();
    body.set("csrf", form.elements.csrf.value);
    const before = unanswered;
    unanswered = body;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, headers: { accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout?.(20000),
      });
      if (answer.ok) {
        const state = await answer.json();
        unanswered = null;
        if (before) again = true;
        form.elements.version.value = state.version;
        signedOut = false;
        say(`已保存 ${state.saved_at}`);
      } else if (answer.status === 409) {
        unanswered = null;
        say("这份草稿在别的窗口里改过。请按“保存，以后再填”，再选留下哪一份。", true);
      } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        unanswered = before;
        if (await refresh()) again = true; else offerLogin();
      } else {
        // Refused, so not stored; after a failure nobody knows.
        if (answer.status < 500) unanswered = null;
        say("暂时没有存上，会自动再试。请先不要关掉这一页。", true);
        retry();
      }
    } catch {
      say("网络断了，填的内容还在这一页，恢复后会自动保存。", true);
      retry();
    }
  }
  function save() {
    clearTimeout(timer);
    if (saving) { again = true; return; }
    // On its way by itself: that is what comes next, and this after it.
    if (form.inert || gone) { soon(); return; }
    saving = send().finally(() => {
      saving = null;
      if (!again || held) return;
      again = false;
      save();
    });
  }
  // A file goes up with the form.
  form.addEventListener("input", (event) => { if (event.target.type !== "file") soon(); });
  form.addEventListener("change", (event) => { if (event.target.type !== "file") soon(); });
  form.addEventListener("submit", (event) => {
    // A browser that does not tell which button was pressed could not press it once more.
    if (event.submitter === undefined) { leave(event); return; }
    if (!through && !held && !saving && unanswered) save();
    clearTimeout(timer);
    if (through || !(held || saving)) { leave(event); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held) return;
    held = true;
    say("正在保存…");
    const limit = new Promise((over) => setTimeout(over, 20000));
    Promise.race([saving, limit]).catch(() => {}).then(() => {
      [held, again] = [false, false];
      // A chosen file has no button to press once more.
      const upload = event.submitter?.value.startsWith("upload:");
      if (unanswered && !warned && !upload) {
        warned = true;
        say("网络不好，还没有存上，填的内容还在这一页。请再按一次。", true);
        retry();
        return;
      }
      [through, unanswered] = [true, null];
      form.requestSubmit(event.submitter);
    });
  });
  // The form goes as it is; what is typed meanwhile would be another version of it.
  function leave(event) {
    const before = gone;
    [through, warned, gone] = [false, false, true];
    setTimeout(() => {
      if (!event.defaultPrevented) return;
      gone = before;
      if (gone) soon();
    });
    setTimeout(() => { gone = false; }, 20000);
  }
  // Back at the page as it was left: the draft has another version since.
  window.addEventListener("pageshow", async (event) => {
    gone = false;
    if (!event.persisted) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const now = Number(page.getElementById(form.id)?.elements.version?.value);
      if (now > 0) form.elements.version.value = now;
    } catch { /* the next save tells */ }
  });
  window.addEventListener("focus", async () => { if (signedOut && (await refresh())) save(); });
}

for (const form of $$("form[data-draft]")) autosave(form);
