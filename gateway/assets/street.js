// The street page: writes visits on the phone and sends them when there is a connection.
"use strict";

(() => {
  const store = window.streetStore;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const BATCH = 20;
  const RETRY = 30000;
  const SHIFT = 12 * 3600 * 1000;
  const OUTCOMES = { told: "群众反映", willing: "愿意到站", declined: "不愿意", medical: "送医", police: "交公安机关", not_found: "没有找到人" };
  let sending = false, again = false, trouble = "";
  let state = null;

  // An element with its text; never markup, so whatever was typed stays text.
  function element(name, text = "", attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
  const local = (at) => new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

  const waits = (visit) => visit.pending;
  const settled = (visit) => !visit.pending && !visit.errors?.length && !visit.conflicts?.length;
  // What the station has does not stay on the phone: not after the shift, not after signing out.
  async function forget(before) {
    for (const one of await store.all("visits")) if (settled(one) && one.at < before) await store.remove("visits", one.id);
  }
  async function count() {
    const [visits, points] = await Promise.all([store.all("visits"), store.all("points")]);
    const waiting = visits.filter(waits).length + points.length;
    const refused = visits.filter((one) => one.errors?.length).length;
    const parts = [waiting === 0 ? "都已送到救助站" : `${waiting}条待发送`];
    if (refused > 0) parts.push(`${refused}条要改`);
    if (trouble) parts.push(trouble);
    else if (!navigator.onLine) parts.push("现在没有网络，已存在手机里");
    $("#street-state").textContent = parts.join("，");
    $("#street-send").hidden = waiting === 0;
  }

  async function draw() {
    await count();
    const visits = (await store.all("visits")).sort((a, b) => b.at.localeCompare(a.at));
    $("#street-visits").replaceChildren(...visits.map(row));
    $("#street-none").hidden = visits.length > 0;
    const conflicts = visits.filter((one) => one.conflicts?.length);
    $("#street-conflicts").replaceChildren(...conflicts.flatMap(conflictCards));
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
    for (const duty of visit.duties ?? []) item.append(element("p", duty));
    const edit = element("button", "修改", { type: "button", class: "button quiet" });
    edit.append(element("span", `：${name}`, { class: "sr" }));
    edit.addEventListener("click", () => fill(visit));
    item.append(edit);
    return item;
  }

  function read(form) {
    const fields = {};
    for (const input of $$("[data-field]", form)) {
      const key = input.dataset.field;
      if (key === "groups") {
        fields.groups ??= [];
        if (input.checked) fields.groups.push(input.value);
      } else if (key === "articles") {
        fields.articles ??= [];
        const quantity = Number.parseInt(input.value, 10);
        if (quantity > 0) fields.articles.push({ article: input.dataset.article, quantity });
      } else if (input.type === "checkbox") fields[key] = input.checked;
      else if (key === "looks_age") fields[key] = Number.parseInt(input.value, 10) || null;
      else if (key === "outcome") fields[key] = input.value || null;
      else fields[key] = input.value.trim();
    }
    return fields;
  }

  function fill(visit) {
    const form = $("#street-visit");
    form.reset();
    form.dataset.visit = visit.id;
    for (const input of $$("[data-field]", form)) {
      const value = visit.fields[input.dataset.field];
      if (input.dataset.field === "groups") input.checked = (value ?? []).includes(input.value);
      else if (input.dataset.field === "articles") input.value = (value ?? []).find((one) => one.article === input.dataset.article)?.quantity ?? "";
      else if (input.type === "checkbox") input.checked = value === true;
      else input.value = value ?? "";
    }
    if (visit.patrol) form.elements.patrol.value = visit.patrol;
    $("#street-write").textContent = "修改";
    form.scrollIntoView();
    form.querySelector("select, input:not([type=hidden])").focus();
  }

  const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  // Empty boxes of a new visit are no answers.
  const empty = (value) => value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);

  async function keep(form) {
    const fields = read(form);
    const id = form.dataset.visit || crypto.randomUUID();
    const station = $("#street-station").value;
    const patrol = form.elements.patrol.value;
    await store.change("visits", id, (known) => {
      const visit = known ?? { id, at: new Date().toISOString(), station, patrol, base: 0, count: 0, changed: {}, fields: {}, pending: false };
      for (const [key, value] of Object.entries(fields)) {
        if (same(visit.fields[key], value) || (visit.fields[key] === undefined && empty(value))) continue;
        visit.fields[key] = value;
        visit.changed[key] = value;
      }
      if (known && Object.keys(visit.changed).length === 0) return known;
      Object.assign(visit, { edit: crypto.randomUUID(), count: visit.count + 1, pending: true, errors: [] });
      return visit;
    });
    form.reset();
    delete form.dataset.visit;
    $("#street-write").textContent = "新的一次看望";
    $("#street-told").textContent = "已存在手机里。";
  }

  async function checkIn(form) {
    const place = form.elements.place.value.trim();
    const patrol = form.elements.patrol.value;
    if (!place || !patrol) { $("#street-told").textContent = "请选巡查、写地点。"; return; }
    await store.put("points", { id: crypto.randomUUID(), patrol, at: new Date().toISOString(), place });
    form.elements.place.value = "";
    $("#street-told").textContent = "已签到。";
  }

  async function post(path, fields) {
    const body = new URLSearchParams({ csrf: state.csrf, ...fields });
    const answer = await fetch(path, { method: "POST", body, credentials: "same-origin" });
    if (answer.redirected || answer.status === 401) throw new Error("请重新登录，没有发出的都还在");
    if (!answer.ok) throw new Error("救助站没有收下，过一会儿再发");
    return answer.json();
  }

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
    const waiting = (await store.all("visits")).filter(waits);
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
    const points = await store.all("points");
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
    } catch (failure) {
      trouble = failure instanceof TypeError ? "" : failure.message;
    } finally {
      sending = false;
      await draw();
    }
    if (again) { again = false; await send(); }
  }

  function conflictCards(visit) {
    const ids = [...new Set(visit.conflicts.map((one) => one.conflict))];
    return ids.map((id) => {
      const fields = visit.conflicts.filter((one) => one.conflict === id);
      const form = element("form", "", { class: "card" });
      form.append(element("h3", `${visit.fields.name || "未说姓名"}：两部手机写得不一样，请选一个`));
      fields.forEach((one, index) => form.append(choice(`${id}-${index}`, one)));
      form.append(element("button", "就按选的", { class: "button" }));
      form.addEventListener("submit", (event) => { event.preventDefault(); decide(visit, id, fields, form); });
      return form;
    });
  }

  function choice(name, conflict) {
    const box = element("fieldset", "", { class: "field" });
    box.append(element("legend", conflict.title));
    for (const [take, text] of [["stored", `${conflict.stored_text || "空"}（站里现有的）`], ["sent", `${conflict.sent_text || "空"}（${conflict.sent_by || "本机"}写的）`]]) {
      const option = element("div", "", { class: "option" });
      option.append(element("input", "", { type: "radio", id: `${name}-${take}`, name, value: take, required: "" }), element("label", text, { for: `${name}-${take}` }));
      box.append(option);
    }
    return box;
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
    if (answer.redirected || answer.status === 401) await forget(new Date().toISOString());
    if (answer.redirected || !answer.ok) throw new Error("请重新登录，没有发出的都还在");
    state = await answer.json();
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
    $("#street-patrols").replaceChildren(...known.patrols.map((one) => {
      const item = element("li");
      item.append(element("span", named(one), { class: "title" }), element("p", [one.route, one.leader_name].filter(Boolean).join("　"), { class: "meta" }));
      return item;
    }));
    const box = $("#street-articles");
    if (!box.childElementCount) for (const one of known.articles) {
      const id = `article-${one.id}`;
      box.append(element("label", `${one.name}（${one.unit}）`, { for: id }), element("input", "", { id, type: "text", inputmode: "numeric", class: "short", "data-field": "articles", "data-article": one.id, autocomplete: "off" }));
    }
  }

  async function begin() {
    $("#street").hidden = false;
    const known = await store.meta("state");
    if (known) show(known);
    await forget(new Date(Date.now() - SHIFT).toISOString());
    await draw();
    const taking = (work) => async (event) => { event.preventDefault(); await work(event.target); await draw(); send(); };
    $("#street-visit").addEventListener("submit", taking(keep));
    $("#street-point").addEventListener("submit", taking(checkIn));
    $("#street-send").addEventListener("click", send);
    window.addEventListener("online", send);
    window.addEventListener("offline", count);
    setInterval(async () => { if ((await store.all("visits")).some(waits)) send(); }, RETRY);
    navigator.storage?.persist?.();
    if (navigator.serviceWorker) {
      await navigator.serviceWorker.register("/rescue/street-worker.js", { scope: "/rescue/street" });
      const ready = await navigator.serviceWorker.ready;
      const files = [...$$("link[rel=stylesheet], link[rel=icon]").map((one) => one.href), ...$$("script[src]").map((one) => one.src)];
      ready.active.postMessage(["/rescue/street", ...files]);
    }
    await send();
  }

  begin();
})();
