// Pieces of the director's day: the form of a visit, one step at a time, and its fields.
"use strict";

// One object for day.js.
window.dayParts = (() => {
  const { $, $$, element, day, choice } = window.phoneParts;
  // What may be empty: nobody was met, nobody said anything.
  const may = (fields) => (fields.result === "not_found" ? ["findings", "said", "help"] : ["help"]);
  const RESULTS = { normal: "正常", need_help: "需要帮助", risk: "有危险", not_found: "找不到人" };
  const form = $("#day-visit");
  const steps = $$("[data-step]", form);
  const fieldOf = (input) => input.dataset.field;
  const inputs = () => $$("[data-field]", form);
  let at = 0;

  // What the form says; empty: not answered.
  function read() {
    const fields = {};
    for (const input of inputs()) {
      const key = fieldOf(input);
      if (input.type !== "radio") fields[key] = input.value.trim();
      else if (input.checked) fields[key] = input.value;
      else fields[key] ??= "";
    }
    return fields;
  }

  // The form as a visit has it.
  function fill(fields) {
    form.reset();
    for (const input of inputs()) {
      const value = fields[fieldOf(input)] ?? "";
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
    warn();
  }

  function warn() {
    const result = read().result;
    $("#visit-danger").hidden = result !== "risk" && result !== "not_found";
  }

  function go(step, focus = true) {
    at = Math.max(0, Math.min(step, steps.length - 1));
    steps.forEach((one, index) => { one.hidden = index !== at; });
    $("#visit-step").textContent = `第${at + 1}步，共${steps.length}步：${steps[at].dataset.step}`;
    $("#visit-about").hidden = at > 0;
    $("#visit-problems").hidden = true;
    $("#visit-before").hidden = at === 0;
    $("#visit-next").hidden = at === steps.length - 1;
    $("#visit-keep").hidden = at !== steps.length - 1;
    if (focus) { form.scrollIntoView(); $("#visit-who").focus(); }
  }

  // What is not answered yet, with the step where it is asked.
  function missing() {
    const fields = read();
    const keys = Object.keys(fields).filter((key) => !may(fields).includes(key) && fields[key] === "");
    if (fields.result && fields.result !== "normal" && fields.help === "") keys.push("help");
    return keys.map((key) => {
      const input = $(`[data-field="${key}"]`, form);
      const box = input.closest(".field");
      return { input, title: $("legend, label", box).textContent, step: steps.indexOf(input.closest("[data-step]")) };
    });
  }

  // Says what is missing; true when nothing is.
  function complete() {
    const open = missing();
    const box = $("#visit-problems");
    $("#visit-missing").replaceChildren(...open.map(({ input, title, step }) => {
      const item = element("li");
      const link = element("a", title, { href: `#${input.id}` });
      link.addEventListener("click", (event) => { event.preventDefault(); go(step, false); input.focus(); input.scrollIntoView({ block: "center" }); });
      item.append(link);
      return item;
    }));
    if (open.length > 0) { go(open[0].step, false); box.hidden = false; box.scrollIntoView(); box.focus(); }
    return open.length === 0;
  }

  // What to know before knocking at the door.
  function about(child) {
    $("#visit-who").textContent = `去看${child.label}`;
    $("#visit-risk").hidden = !child.at_risk;
    const rows = [
      ["住址", [child.village, child.address].filter(Boolean).join("　")], ["照护人", child.carer],
      ["上次走访", child.last ? `${day(child.last)}　${child.last_result ?? ""}` : ""],
      ["这次要看", (child.look_at ?? []).join("；")],
    ].filter(([, value]) => value);
    $("#visit-about").replaceChildren(...rows.flatMap(([label, value]) => [element("dt", label), element("dd", value)]));
  }

  // Those of the category that is chosen; there is a choice when there are several.
  function chosen(list) {
    const select = $("#day-kind");
    const kinds = [...new Set(list.map((one) => one.kind).filter(Boolean))].sort();
    const now = kinds.includes(select.value) ? select.value : "";
    const of = (kind) => list.filter((one) => !kind || one.kind === kind);
    select.replaceChildren(...["", ...kinds].map((kind) => element("option", `${kind || "全部"}（${of(kind).length}）`, { value: kind })));
    select.value = now;
    $("#day-kinds").hidden = kinds.length < 2;
    return of(now);
  }

  // A card for a visit that two phones wrote differently: one value of each field is chosen.
  function clashCard(visit, decide) {
    const card = element("form", "", { class: "card" });
    card.append(element("h3", `${visit.label}：两部手机写得不一样，请选一个`));
    visit.clashes.forEach((one, index) => card.append(choice(`${visit.id}-${index}`, one, "档案里现有的")));
    card.append(element("button", "就按选的", { class: "button" }));
    card.addEventListener("submit", (event) => { event.preventDefault(); decide(visit, card); });
    return card;
  }

  $("#visit-before").addEventListener("click", () => go(at - 1));
  $("#visit-next").addEventListener("click", () => go(at + 1));
  $("#visit-all-fine").addEventListener("click", () => {
    for (const input of $$("[data-check]", form)) if (input.value === "fine" && !read()[fieldOf(input)]) input.checked = true;
    form.dispatchEvent(new Event("input"));
  });
  form.addEventListener("input", warn);

  return { form, read, fill, go, complete, about, chosen, clashCard, RESULTS };
})();
