// The street page: writes visits on the phone and sends them when there is a connection.
"use strict";

(() => {
  const store = window.phoneStore("yiwang-street", { visits: "id", points: "id", meta: "key" });
  window.streetStore = store;
  const { $, $$, element, local, same, keepPage, SIGN_IN } = window.phoneParts;
  const { read, fill, conflictCards } = window.streetParts;
  const BATCH = 20;
  const RETRY = 30000;
  const SHIFT = 12 * 3600 * 1000;
  const OUTCOMES = { told: "群众反映", willing: "愿意到站", declined: "不愿意", medical: "送医", police: "交公安机关", not_found: "没有找到人" };
  let sending = false, again = false, trouble = "";
  let state = null;
  // Who signed in last on this phone, also without a connection.
  let owner = "";

  const waits = (visit) => visit.pending;
  // What another officer wrote on this phone goes under that name only.
  const mine = (one) => !one.who || !owner || one.who === owner;
  const settled = (visit) => !visit.pending && !visit.errors?.length;
  // What the station has does not stay on the phone: not after the shift, not after signing out.
  async function forget(before) {
    for (const one of await store.all("visits")) if (settled(one) && one.at < before) await store.remove("visits", one.id);
  }
  async function count() {
    const [visits, points] = await Promise.all([store.all("visits"), store.all("points")]);
    const waiting = visits.filter(waits).length + points.length;
    const refused = visits.filter((one) => one.errors?.length).length;
    const foreign = visits.filter((one) => waits(one) && !mine(one)).length;
    // Signing out asks first while something is left here; it clears the phone.
    document.cookie = `yiwang_street=${waiting + refused}; path=/; max-age=31536000; SameSite=Lax`;
    const parts = [waiting === 0 ? "都已送到救助站" : `${waiting}条待发送`];
    if (refused > 0) parts.push(`${refused}条要改`);
    if (foreign > 0) parts.push(`其中${foreign}条是别人写的，请他登录后发送`);
    if (trouble) parts.push(trouble);
    else if (!navigator.onLine) parts.push("现在没有网络，已存在手机里");
    $("#street-state").textContent = parts.join("，");
    $("#street-send").hidden = waiting === 0;
  }

  async function draw() {
    await count();
    const visits = (await store.all("visits")).filter(mine).sort((a, b) => b.at.localeCompare(a.at));
    $("#street-visits").replaceChildren(...visits.map(row));
    $("#street-none").hidden = visits.length > 0;
    const conflicts = visits.filter((one) => one.conflicts?.length);
    $("#street-conflicts").replaceChildren(...conflicts.flatMap((one) => conflictCards(one, decide)));
    await drawOthers();
  }

  function row(visit) {
    const item = element("li");
    const line = element("div", "", { class: "line" });
    const name = visit.fields.name || "未说姓名";
    line.append(element("span", `${name}　${visit.fields.place || "未写地点"}`, { class: "title" }));
    const [word, look] = visit.errors?.length ? ["要改", "due late"] : visit.pending ? ["待发送", "due today"] : visit.conflicts?.length ? ["要核对", "due late"] : ["已送到", "tag live"];
    line.append(element("span", word, { class: look }));
    item.append(line, element("p", `${local(visit.at)}　${OUTCOMES[visit.fields.outcome] ?? ""}`, { class: "meta" }));
    for (const error of visit.errors ?? []) item.append(element("p", error, { class: "error" }));
    if (visit.fields.teller_phone) item.append(element("p", `反映人电话：${visit.fields.teller_phone}`));
    for (const duty of visit.duties ?? []) item.append(element("p", duty));
    const edit = element("button", "修改", { type: "button", class: "button quiet" });
    edit.append(element("span", `：${name}`, { class: "sr" }));
    edit.addEventListener("click", () => fill(visit));
    item.append(edit);
    return item;
  }

  // What passers-by have told and colleagues have written, by name and place only.
  async function drawOthers() {
    const own = new Set((await store.all("visits")).map((one) => one.id));
    const others = ((await store.meta("state"))?.others ?? []).filter((one) => !own.has(one.id));
    $("#street-others").replaceChildren(...others.map((one) => {
      const item = element("li", "", { class: "line" });
      const words = element("div");
      const again = one.follow_up_on ? `　${one.follow_up_on}前再去看` : "";
      words.append(element("span", `${one.label}　${one.place || "未写地点"}`, { class: "title" }), element("p", `${local(one.at)}　${OUTCOMES[one.outcome] ?? ""}　${one.by}${again}`, { class: "meta" }));
      const open = element("button", "接着写", { type: "button", class: "button second" });
      open.append(element("span", `：${one.label}，${one.place}`, { class: "sr" }));
      open.addEventListener("click", () => takeUp(one.id));
      item.append(words, open);
      return item;
    }));
    $("#street-no-others").hidden = others.length > 0;
  }

  async function takeUp(id) {
    try {
      const answer = await fetch(`/rescue/street/visits/${id}`, { credentials: "same-origin" });
      if (answer.redirected || !answer.ok) throw new Error(SIGN_IN);
      const one = await answer.json();
      const visit = await store.change("visits", id, (known) => known ?? { ...one, base: one.version, count: 0, changed: {}, pending: false });
      // First what is written in: the list redrawn later clears nothing.
      fill(visit);
      await draw();
    } catch (failure) {
      $("#street-told").textContent = failure instanceof TypeError ? "没有网络，等有网络再打开。" : failure.message;
    }
  }

  // Somebody is visited again: a visit of its own, which says whom it comes back to.
  async function visitAgain(id) {
    try {
      const answer = await fetch(`/rescue/street/visits/${id}`, { credentials: "same-origin" });
      if (answer.redirected || !answer.ok) return;
      const { fields: { place, name, sex, looks_age, groups } } = await answer.json();
      const form = $("#street-visit");
      fill({ id: "", patrol: "", fields: { place, name, sex, looks_age, groups } });
      delete form.dataset.visit;
      form.dataset.previous = id;
      $("#street-write").textContent = "再去看望，新写一次";
    } catch { $("#street-told").textContent = "没有网络，等有网络再打开。"; }
  }

  // Empty boxes of a new visit are no answers.
  const empty = (value) => value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);

  async function keep(form) {
    const fields = read(form);
    const id = form.dataset.visit || crypto.randomUUID();
    const station = $("#street-station").value;
    const patrol = form.elements.patrol.value;
    const who = owner;
    if (form.dataset.previous) fields.previous = form.dataset.previous;
    await store.change("visits", id, (known) => {
      const visit = known ?? { id, at: new Date().toISOString(), station, patrol, base: 0, count: 0, changed: {}, fields: {}, pending: false };
      for (const [key, value] of Object.entries(fields)) {
        if (same(visit.fields[key], value) || (visit.fields[key] === undefined && empty(value))) continue;
        visit.fields[key] = value;
        visit.changed[key] = value;
      }
      if (known && Object.keys(visit.changed).length === 0) return known;
      Object.assign(visit, { who: visit.pending ? visit.who : who, edit: crypto.randomUUID(), count: visit.count + 1, pending: true, errors: [] });
      return visit;
    });
    form.reset();
    delete form.dataset.visit;
    delete form.dataset.previous;
    $("#street-write").textContent = "新的一次看望";
    $("#street-told").textContent = "已存在手机里。";
  }

  async function checkIn(form) {
    const place = form.elements.place.value.trim();
    const patrol = form.elements.patrol.value;
    if (!place || !patrol) { $("#street-told").textContent = "请选巡查、写地点。"; return; }
    await store.put("points", { id: crypto.randomUUID(), who: owner, patrol, at: new Date().toISOString(), place });
    form.elements.place.value = "";
    $("#street-told").textContent = "已签到。";
  }

  const post = (path, fields) => window.phoneParts.post(path, { csrf: state.csrf, ...fields }, "救助站没有收下，过一会儿再发");

  // What became of a row; it may have been changed again while it was on its way.
  const settle = (result, sent) => store.change("visits", result.id, (visit) => {
    if (!visit) return undefined;
    const unchanged = visit.edit === result.edit;
    if (result.result === "refused") {
      if (!unchanged) return undefined;
      const told = result.errors.map((one) => one.message);
      return { ...visit, pending: false, errors: told.length ? told : [result.message] };
    }
    visit.duties = result.duties;
    if (result.conflicts.length) visit.conflicts = [...(visit.conflicts ?? []), ...result.conflicts];
    if (unchanged) Object.assign(visit, { pending: false, errors: [] });
    visit.version = result.version;
    // What the station has is no longer a change, unless it was changed again meanwhile.
    if (unchanged) Object.assign(visit, { base: result.version, changed: {} });
    else for (const [key, value] of Object.entries(sent)) if (visit.base > 0 && same(visit.changed[key], value)) delete visit.changed[key];
    if (!unchanged && visit.base > 0) visit.base = result.version;
    return visit;
  });

  async function sendVisits() {
    const device = await store.device();
    const waiting = (await store.all("visits")).filter((one) => waits(one) && mine(one));
    const stations = Map.groupBy ? Map.groupBy(waiting, (one) => one.station) : waiting.reduce((map, one) => map.set(one.station, [...(map.get(one.station) ?? []), one]), new Map());
    for (const [station, visits] of stations) {
      for (let from = 0; from < visits.length; from += BATCH) {
        const part = visits.slice(from, from + BATCH);
        const rows = part.map(({ id, edit, count, base, at, patrol, changed }) => ({ id, edit, count, base, at, patrol, fields: changed }));
        const answer = await post("/rescue/street/visits", { station, device, rows: JSON.stringify(rows) });
        for (const result of answer.rows) await settle(result, part.find((one) => one.id === result.id)?.changed ?? {});
      }
    }
  }

  async function sendPoints() {
    const points = (await store.all("points")).filter(mine);
    for (const patrol of new Set(points.map((one) => one.patrol))) {
      const rows = points.filter((one) => one.patrol === patrol).slice(0, 200);
      await post("/rescue/street/points", { patrol, rows: JSON.stringify(rows.map(({ id, at, place }) => ({ id, at, place }))) });
      for (const one of rows) await store.remove("points", one.id);
    }
  }

  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    try {
      await refresh();
      await sendVisits();
      await sendPoints();
      trouble = "";
      $("#street-told").textContent = "";
    } catch (failure) {
      trouble = failure instanceof TypeError ? "" : failure.message;
    } finally {
      sending = false;
      await draw();
    }
    if (again) { again = false; await send(); }
  }

  async function decide(visit, conflict, fields, form) {
    const choices = fields.map((one, index) => ({ field: one.field, take: new FormData(form).get(`${conflict}-${index}`) }));
    try {
      if (!state) await refresh();
      const answer = await post("/rescue/street/settle", { key: crypto.randomUUID(), conflict, version: String(visit.version), choices: JSON.stringify(choices) });
      await store.change("visits", visit.id, (known) => {
        known.conflicts = known.conflicts.filter((one) => one.conflict !== conflict);
        for (const one of fields) {
          const kept = choices.find((chosen) => chosen.field === one.field).take;
          try { known.fields[one.field] = JSON.parse(kept === "stored" ? one.stored : one.sent); } catch { /* shown as it was */ }
        }
        return { ...known, version: answer.version, base: known.pending ? known.base : answer.version };
      });
      trouble = "";
    } catch (failure) {
      trouble = failure instanceof TypeError ? "没有网络，等有网络再选" : failure.message;
    }
    await draw();
  }

  async function refresh() {
    const answer = await fetch("/rescue/street/state", { credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) {
      await forget(new Date().toISOString());
      const kept = await store.meta("state");
      if (kept) await store.setMeta("state", { ...kept, others: [] });
    }
    if (answer.redirected || !answer.ok) throw new Error(SIGN_IN);
    state = await answer.json();
    owner = state.who ?? "";
    const { csrf: _, ...kept } = state;
    await store.setMeta("state", kept);
    show(kept);
  }

  function choose(select, list, label) {
    const chosen = select.value;
    const blank = select.dataset.blank ? [element("option", select.dataset.blank, { value: "" })] : [];
    select.replaceChildren(...blank, ...list.map((one) => element("option", label(one), { value: one.id ?? one.code })));
    if ([...select.options].some((one) => one.value === chosen)) select.value = chosen;
  }

  function show(known) {
    choose($("#street-station"), known.stations, (one) => one.name);
    const named = (one) => `${one.area}　${one.starts_at.slice(11)}至${one.ends_at.slice(11)}`;
    for (const select of $$("select[name=patrol]")) choose(select, known.patrols, named);
    $("#street-point").hidden = known.patrols.length === 0;
    $("#street-no-patrols").hidden = known.patrols.length > 0;
    $("#street-patrols").replaceChildren(...known.patrols.map((one) => {
      const item = element("li");
      item.append(element("span", named(one), { class: "title" }), element("p", [one.route, one.leader_name].filter(Boolean).join("　"), { class: "meta" }));
      return item;
    }));
    const box = $("#street-articles");
    if (!box.childElementCount) for (const one of known.articles) {
      const id = `article-${one.id}`;
      const line = element("div", "", { class: "count" });
      line.append(element("label", `${one.name}（${one.unit}）`, { for: id }), element("input", "", { id, type: "text", inputmode: "numeric", class: "short", "data-field": "articles", "data-article": one.id, autocomplete: "off" }));
      box.append(line);
    }
  }

  async function begin() {
    $("#street").hidden = false;
    const known = await store.meta("state");
    owner = known?.who ?? "";
    if (known) show(known);
    await forget(new Date(Date.now() - SHIFT).toISOString());
    await draw();
    const taking = (work) => async (event) => { event.preventDefault(); await work(event.target); await draw(); send(); };
    $("#street-visit").addEventListener("submit", taking(keep));
    $("#street-point").addEventListener("submit", taking(checkIn));
    $("#street-send").addEventListener("click", send);
    window.addEventListener("online", send);
    window.addEventListener("offline", count);
    setInterval(async () => { if ((await store.all("visits")).some(waits) || (await store.all("points")).length) send(); }, RETRY);
    navigator.storage?.persist?.();
    await keepPage("/rescue/street-worker.js", "/rescue/street");
    await send();
    const again = location.hash.match(/^#again=([0-9a-f-]{36})$/);
    if (again) await visitAgain(again[1]);
  }

  begin();
})();
