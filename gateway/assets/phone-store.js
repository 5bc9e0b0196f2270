// What a phone has written without a connection, kept on the phone until the service has it.
"use strict";

// A database of its own for each page that works so: its name, its stores with their keys.
window.phoneStore = (name, stores) => {
  let opened = null;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        for (const [store, keyPath] of Object.entries(stores)) {
          request.result.createObjectStore(store, { keyPath });
        }
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => { opened = null; reject(request.error); };
    });
    return opened;
  }

  // Runs `work` in one transaction and answers when it stands on the disk.
  async function within(store, mode, work) {
    const db = await open();
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode, { durability: "strict" });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const all = (store) => within(store, "readonly", (rows) => rows.getAll());
  const put = (store, row) => within(store, "readwrite", (rows) => rows.put(row));
  const remove = (store, id) => within(store, "readwrite", (rows) => rows.delete(id));

  // Reads, changes and writes one row without anybody between; `change` answers undefined to
  // leave it as it is.
  async function change(store, id, change) {
    const db = await open();
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(store, "readwrite", { durability: "strict" });
      const rows = transaction.objectStore(store);
      const found = rows.get(id);
      let changed;
      found.onsuccess = () => {
        changed = change(found.result);
        if (changed !== undefined) rows.put(changed);
      };
      transaction.oncomplete = () => resolve(changed);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async function meta(key) {
    const row = await within("meta", "readonly", (rows) => rows.get(key));
    return row?.value;
  }
  const setMeta = (key, value) => put("meta", { key, value });

  // The phone's own number, made once.
  async function device() {
    const row = await change("meta", "device", (known) =>
      known ? undefined : { key: "device", value: crypto.randomUUID() });
    return row?.value ?? meta("device");
  }

  return { all, put, remove, change, meta, setMeta, device };
};
