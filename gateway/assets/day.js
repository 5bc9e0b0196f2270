// The director's day: what is due, visits written on the phone and sent when there is a connection.
"use strict";

(() => {
  const store = window.phoneStore("yiwang-day", { visits: "id", meta: "key" });
  window.dayStore = store;
  const { $, element, local, day, same, keepPage, SIGN_IN } = window.phoneParts;
  const { form, read, fill, go, complete, about, chosen, clashCard, RESULTS } = window.dayParts;
  const photos = window.dayPhotos;
  const BATCH = 20;
  const RETRY = 30000;
  const SHIFT = 12 * 3600 * 1000;
  const DAY = 24 * 3600 * 1000;
  const URGENCY = { overdue: ["已超期", "due late"], due: ["该去了", "due today"], soon: ["快到期", "due soon"] };
  let sending = false, again = false, trouble = "";
  let csrf = "";
  // Who the page was made for; whom the list on the phone is for.
  let owner = $("#day").dataset.who;
  let state = null;
  // The child whose form is open.
  let open = null;
  // Which photographs the draft on the phone has.
  let drafted = "";

  // Beijing time without a zone.
  const beijing = (at) => new Date(at + 8 * 3600 * 1000).toISOString();
  const tell = (text) => { $("#day-told").textContent = text; };
  const mine = (one) => !one.who || !owner || one.who === owner;
  const settled = (visit) => !visit.pending && !visit.errors?.length && !visit.clashes?.length;
  // What is in the file does not stay on the phone: not after the day, not after signing out.
  async function forget(before) {
    for (const one of await store.all("visits")) if (settled(one) && one.at < before) await store.remove("visits", one.id);
  }

  async function count() {
    const visits = await store.all("visits");
    const waiting = visits.filter((one) => one.pending).length;
    const refused = visits.filter((one) => one.errors?.length).length;
    const foreign = visits.filter((one) => one.pending && !mine(one)).length;
    const draft = (await store.meta("draft")) ? 1 : 0;
    // Signing out asks first while something is left here; it clears the phone.
    document.cookie = `yiwang_day=${waiting + refused + draft}; path=/; max-age=31536000; SameSite=Lax`;
    const parts = [waiting > 0 ? `${waiting}条待发送` : refused > 0 ? "其他写好的都已送到" : "写好的都已送到"];
    if (refused > 0) parts.push(`${refused}条要改`);
    if (draft > 0 && !open) parts.push("有1条没写完");
    if (foreign > 0) parts.push(`其中${foreign}条是别人写的，请他登录后发送`);
    if (trouble) parts.push(trouble);
    else if (!navigator.onLine) parts.push("现在没有网络，已存在手机里");
    $("#day-state").textContent = parts.join("，");
    $("#day-send").hidden = waiting === 0;
  }

  async function draw() {
    await count();
    const visits = (await store.all("visits")).filter(mine).sort((a, b) => b.at.localeCompare(a.at));
    const draft = await store.meta("draft");
    const seen = new Set(visits.filter((one) => one.pending || one.at > (state?.at ?? "")).map((one) => one.case));
    const due = chosen((state?.visits ?? []).filter((one) => !seen.has(one.case)));
    // Begun from elsewhere, and not finished: it stays within reach.
    const begun = draft?.who === owner && !due.some((one) => one.case === draft.case) ? [{ age: -1, ...known(draft.case), label: draft.label, case: draft.case }] : [];
    $("#day-head").textContent = due.length === 0 ? "要去看的孩子" : `要去看的孩子：${due.length}个`;
    $("#day-due").replaceChildren(...[...begun, ...due].map((one) => child(one, draft)));
    $("#day-none").hidden = begun.length + due.length > 0;
    const tasks = state?.tasks ?? [];
    $("#day-tasks").replaceChildren(...tasks.map(task));
    $("#day-no-tasks").hidden = tasks.length > 0;
    $("#day-written").replaceChildren(...visits.map(row));
    $("#day-no-written").hidden = visits.length > 0;
    $("#day-clashes").replaceChildren(...visits.filter((one) => one.clashes?.length).map((one) => clashCard(one, decide)));
  }

  function child(one, draft) {
    const item = element("li");
    const line = element("div", "", { class: "line" });
    const [word, look] = URGENCY[one.urgency] ?? ["", "tag"];
    line.append(element("span", one.age >= 0 ? `${one.label}　${one.age}岁` : one.label, { class: "title" }), element("span", one.at_risk ? `${word}，有危险` : word, { class: look }));
    item.append(line, element("p", [one.kind, one.level_label, one.village, one.due_on && `最晚${day(one.due_on)}`].filter(Boolean).join("　"), { class: "meta" }));
    const started = draft?.case === one.case && draft.who === owner;
    const button = element("button", started ? "接着写" : "去看望", { type: "button", class: "button big wide" });
    button.append(element("span", `：${one.label}`, { class: "sr" }));
    button.addEventListener("click", () => begin(one));
    item.append(button);
    return item;
  }

  function task(one) {
    const item = element("li", "", { class: "line" });
    const words = element("div");
    words.append(element("span", one.what, { class: "title" }), element("p", `${one.label}${one.due_on ? `　最晚${day(one.due_on)}` : ""}`, { class: "meta" }));
    const link = element("a", one.late ? "去办（已超期）" : "去办", { href: `/cases/${encodeURIComponent(one.case)}`, class: "button second" });
    link.append(element("span", `：${one.label}`, { class: "sr" }));
    item.append(words, link);
    return item;
  }

  function row(visit) {
    const item = element("li");
    const line = element("div", "", { class: "line" });
    line.append(element("span", visit.label, { class: "title" }));
    const [word, look] = visit.errors?.length ? ["要改", "due late"] : visit.clashes?.length ? ["要核对", "due late"] : visit.pending ? ["待发送", "due today"] : ["已送到", "tag live"];
    line.append(element("span", word, { class: look }));
    const next = visit.next_due_on ? `　下次最晚${day(visit.next_due_on)}` : "";
    const pictures = (visit.photos?.length ?? 0) + (visit.photos_sent ?? 0);
    item.append(line, element("p", `${local(visit.at)}　${RESULTS[visit.fields.result] ?? ""}${next}${pictures ? `　照片${pictures}张` : ""}`, { class: "meta" }));
    for (const error of visit.errors ?? []) item.append(element("p", error, { class: "error" }));
    const edit = element("button", "修改", { type: "button", class: "button quiet" });
    edit.append(element("span", `：${visit.label}`, { class: "sr" }));
    edit.addEventListener("click", () => show({ ...known(visit.case), label: visit.label, case: visit.case }, visit.fields, visit.id, visit.photos));
    item.append(edit);
    return item;
  }

  const known = (number) => state?.visits.find((one) => one.case === number) ?? {};

  async function begin(one) {
    const draft = await store.meta("draft");
    const same_child = draft?.case === one.case && draft.who === owner;
    if (draft && !same_child && draft.who === owner && !window.confirm(`${draft.label}的走访还没写完。先放弃那一条，写这一条吗？`)) return;
    const kept = same_child ? await store.meta("draft-photos") : null;
    show(one, same_child ? draft.fields : {}, same_child ? draft.id : "", kept?.id === draft?.id ? kept?.photos : []);
  }

  function show(one, fields, id, pictures) {
    open = { ...one, id: id || crypto.randomUUID() };
    $("#day-list").hidden = true;
    $("#day-clashes").hidden = true;
    form.hidden = false;
    about(open);
    fill(fields);
    photos.fill(pictures);
    go(0);
    count();
  }

  async function close() {
    open = null;
    form.hidden = true;
    $("#day-list").hidden = false;
    $("#day-clashes").hidden = false;
    await draw();
    $("#day-head").focus();
    window.scrollTo(0, 0);
  }

  // Every word is on the phone before the next is typed.
  async function keepDraft() {
    if (!open) return;
    const { id, case: number, label } = open;
    // Photographs are large: written only when they change.
    const pictures = photos.read();
    const now = `${id} ${photos.ids(pictures)}`;
    const fresh = now !== drafted;
    drafted = now;
    await store.setMeta("draft", { id, case: number, label, who: owner, fields: read() });
    if (fresh && open?.id === id) await store.setMeta("draft-photos", { id, photos: pictures });
    await count();
  }

  async function keep() {
    const { id, label, case: number } = open;
    await photos.taken();
    // Left meanwhile: it stays begun.
    if (open?.id !== id) return;
    const fields = read();
    const pictures = photos.read();
    const now = Date.now();
    const at = new Date(now).toISOString();
    const made_at = beijing(now + (state?.drift ?? 0)).slice(0, 16);
    await store.change("visits", id, (before) => {
      const visit = before ?? { id, case: number, label, at, made_at, base: 0, count: 0, changed: {}, fields: {}, pending: false };
      for (const [key, value] of Object.entries(fields)) {
        if (same(visit.fields[key] ?? "", value)) continue;
        visit.fields[key] = value;
        visit.changed[key] = value;
      }
      if (before && Object.keys(visit.changed).length === 0 && photos.same(before.photos, pictures)) return before;
      return { ...visit, photos: pictures, who: visit.pending ? visit.who : owner, count: visit.count + 1, pending: true, errors: [] };
    });
    await store.remove("meta", "draft");
    await store.remove("meta", "draft-photos");
    drafted = "";
    await close();
    tell("已存在手机里。");
    send();
  }

  // What became of a row; it may have been changed again while it was on its way.
  const settle = (result, sent) => store.change("visits", result.id, (visit) => {
    if (!visit) return undefined;
    const unchanged = visit.count === sent.count;
    if (result.result === "refused") {
      if (!unchanged) return undefined;
      const told = result.problems.map((one) => one.message);
      return { ...visit, pending: false, errors: told.length ? told : [result.message] };
    }
    Object.assign(visit, { clashes: result.clashes, version: result.version, next_due_on: result.next_due_on });
    Object.assign(visit, { photos: photos.without(visit.photos, sent.photos), photos_sent: (visit.photos_sent ?? 0) + (sent.photos?.length ?? 0) });
    if (unchanged) return { ...visit, pending: false, errors: [], base: result.version, changed: {} };
    // What the file has is no longer a change, unless it was changed again meanwhile.
    if (visit.base > 0) {
      for (const [key, value] of Object.entries(sent.changed)) if (same(visit.changed[key], value)) delete visit.changed[key];
      visit.base = result.version;
    }
    return visit;
  });

  const post = (path, fields, part = []) => window.phoneParts.post(path, photos.packed({ csrf, ...fields }, part), "没有送到，过一会儿再发");

  async function sendVisits() {
    const device = await store.device();
    const waiting = (await store.all("visits")).filter((one) => one.pending && mine(one));
    let failed = null;
    for (const part of photos.parts(waiting, BATCH)) {
      const rows = part.map(({ id, case: number, count, base, made_at, changed }) => ({ id, case_number: number, count, base, made_at, fields: changed }));
      try {
        const answer = await post("/child/day/visits", { device, rows: JSON.stringify(rows) }, part);
        for (const result of answer.rows) {
          const sent = part.find((one) => one.id === result.id);
          if (sent) await settle(result, sent);
        }
      } catch (failure) {
        // One that does not get through holds up no other.
        failed ??= failure;
        if (failure.message === SIGN_IN || !navigator.onLine) break;
      }
    }
    return { count: waiting.length, failed };
  }

  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    try {
      await refresh();
      // What is due next is known only after the visits are in the files.
      const { count: sent, failed } = await sendVisits();
      if (sent > 0) await refresh();
      if (failed) throw failed;
      trouble = "";
      tell("");
    } catch (failure) {
      trouble = failure instanceof TypeError ? "" : failure.message;
    } finally {
      sending = false;
      await draw();
    }
    if (again) { again = false; await send(); }
  }

  async function decide(visit, card) {
    const take = visit.clashes.map((_, index) => new FormData(card).get(`${visit.id}-${index}`));
    const sent = visit.clashes.filter((_, index) => take[index] === "sent").map((one) => one.field);
    try {
      if (!csrf) await refresh();
      await post("/child/day/settle", { key: crypto.randomUUID(), case: visit.case, visit: visit.id, sent: JSON.stringify(sent) });
      // The file has the whole visit now; a later change begins from there.
      await store.remove("visits", visit.id);
      trouble = "";
      tell("已经按您选的记入档案。");
    } catch (failure) {
      trouble = failure instanceof TypeError ? "没有网络，等有网络再选" : failure.message;
    }
    await draw();
  }

  // Nothing of a child stays for whoever is not signed in, or after the day it was fetched for.
  async function emptied() {
    state = null;
    await store.remove("meta", "state");
  }

  async function refresh() {
    const answer = await fetch("/child/day/state", { credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) {
      await forget(new Date().toISOString());
      await emptied();
      throw new Error(SIGN_IN);
    }
    if (!answer.ok) throw new Error("没有取到名单，过一会儿再试");
    const { csrf: token, ...fresh } = await answer.json();
    csrf = token;
    owner = fresh.who;
    // A phone whose clock is wrong still writes down the right day and hour.
    const drift = Date.parse(fresh.now) - Date.now();
    const until = Date.now() + Date.parse(fresh.kept_until) - Date.parse(fresh.today) + DAY;
    state = { ...fresh, drift: drift || 0, until: until || Date.now() + DAY, at: new Date().toISOString() };
    await store.setMeta("state", state);
  }

  async function start() {
    $("#day").hidden = false;
    state = (await store.meta("state")) ?? null;
    if (state && (state.who !== owner || state.until < Date.now())) await emptied();
    await forget(new Date(Date.now() - SHIFT).toISOString());
    await draw();
    form.addEventListener("input", keepDraft);
    form.addEventListener("submit", async (event) => { event.preventDefault(); if (complete()) await keep(); });
    $("#visit-back").addEventListener("click", close);
    $("#day-send").addEventListener("click", send);
    $("#day-kind").addEventListener("change", draw);
    window.addEventListener("online", send);
    window.addEventListener("offline", count);
    setInterval(async () => { if ((await store.all("visits")).some((one) => one.pending)) send(); }, RETRY);
    navigator.storage?.persist?.();
    await keepPage("/child/day-worker.js", "/child/day");
    await send();
    const wanted = location.hash.match(/^#visit=([0-9A-Z]{6,40})$/);
    if (wanted && !open) await begin({ label: `档案${wanted[1]}的孩子`, ...known(wanted[1]), case: wanted[1] });
  }

  start();
})();
