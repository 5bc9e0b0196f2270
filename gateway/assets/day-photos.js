// Photographs of a visit: made small on the phone, kept there with the visit until the file has them.
"use strict";

// One object for day.js.
window.dayPhotos = (() => {
  const { $, element } = window.phoneParts;
  const MOST = 6;
  const EDGE = 1600;
  const KINDS = ["image/jpeg", "image/png", "image/webp", "image/heic"];
  // Those of the visit whose form is open.
  let kept = [];
  // Raised with each form that is opened.
  let opened = 0;
  // Ends when those chosen last are small.
  let taking = Promise.resolve();

  const tell = (text) => { $("#photos-told").textContent = text; };

  // Small enough for a weak connection, and without what the camera has written into it.
  async function small(file) {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
    const canvas = element("canvas", "", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error())), "image/jpeg", 0.8));
  }

  function draw() {
    $("#photos-list").replaceChildren(...kept.map((photo, index) => {
      const item = element("li", "", { class: "line" });
      const away = element("button", "不要这张", { type: "button", class: "button quiet" });
      away.append(element("span", `：照片${index + 1}`, { class: "sr" }));
      away.addEventListener("click", () => { kept = kept.filter((one) => one !== photo); draw(); changed(); $("#photos").focus(); });
      item.append(element("span", `照片${index + 1}（${Math.ceil(photo.blob.size / 1024)}KB）`), away);
      return item;
    }));
  }

  const changed = () => $("#day-visit").dispatchEvent(new Event("input"));

  // Those chosen for a form that is no longer open are dropped.
  async function take(files, form) {
    for (const file of files) {
      if (form !== opened) return;
      if (kept.length >= MOST) { tell(`一次走访最多${MOST}张。`); break; }
      try {
        if (!KINDS.includes(file.type)) throw new Error();
        const blob = await small(file);
        if (form === opened) kept = [...kept, { id: crypto.randomUUID(), blob }];
      } catch { if (form === opened) tell("这张照片打不开，没有收下，请换一张或者直接拍。"); }
    }
    if (form !== opened) return;
    draw();
    changed();
  }

  function chosen() {
    const input = $("#photos");
    const files = [...input.files];
    const form = opened;
    input.value = "";
    tell("");
    taking = taking.then(() => take(files, form));
  }

  function fill(photos) {
    opened += 1;
    kept = [...(photos ?? [])];
    tell("");
    draw();
  }

  const ids = (photos) => (photos ?? []).map((one) => one.id).join();
  const same = (one, other) => ids(one) === ids(other);
  // Without those that were sent.
  const without = (photos, sent) => (photos ?? []).filter((one) => !(sent ?? []).some((gone) => gone.id === one.id));

  // What is posted: a form with files where the only visit of `part` has photographs.
  function packed(fields, [visit]) {
    if (!visit?.photos?.length) return fields;
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    visit.photos.forEach((photo, index) => form.append(`upload.${visit.id}.${photo.id}`, photo.blob, `走访照片${index + 1}.jpg`));
    return form;
  }

  // Visits with photographs go one by one, the others together.
  function parts(visits, most) {
    const heavy = visits.filter((one) => one.photos?.length);
    const light = visits.filter((one) => !one.photos?.length);
    const packs = [];
    for (let from = 0; from < light.length; from += most) packs.push(light.slice(from, from + most));
    return [...packs, ...heavy.map((one) => [one])];
  }

  $("#photos").addEventListener("change", chosen);

  return { fill, read: () => kept, taken: () => taking, ids, same, without, packed, parts };
})();
