// Pieces of the street page: the form and its fields, the choice between two phones.
"use strict";

// One object for street.js.
window.streetParts = (() => {
  const { $, $$, element, choice } = window.phoneParts;

  // What the form says, field by field.
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

  // The form as a visit has it.
  function fill(visit) {
    const form = $("#street-visit");
    form.reset();
    form.dataset.visit = visit.id;
    delete form.dataset.previous;
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

  // A card for each conflict of a visit: both values of each field, one of them to be chosen.
  function conflictCards(visit, decide) {
    const ids = [...new Set(visit.conflicts.map((one) => one.conflict))];
    return ids.map((id) => {
      const fields = visit.conflicts.filter((one) => one.conflict === id);
      const form = element("form", "", { class: "card" });
      form.append(element("h3", `${visit.fields.name || "未说姓名"}：两部手机写得不一样，请选一个`));
      fields.forEach((one, index) => form.append(choice(`${id}-${index}`, one, "站里现有的")));
      form.append(element("button", "就按选的", { class: "button" }));
      form.addEventListener("submit", (event) => { event.preventDefault(); decide(visit, id, fields, form); });
      return form;
    });
  }

  return { read, fill, conflictCards };
})();
