// The database in this browser: entries, lists of cases, and a few facts about this device.

const NAME = "plumbline";

// Pages of different ages open it: later versions may only add.
const VERSION = 1;

let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const entries = request.result.createObjectStore(
        "entries", { keyPath: "order", autoIncrement: true });
      entries.createIndex("owner", ["account", "inspection"]);
      request.result.createObjectStore("lists", { keyPath: ["account", "inspection"] });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => {
      // Who waits to change the database waits for nobody.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      request.result.onclose = () => { opening = undefined; };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch(error => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** The answer to a request of a transaction. */
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Does `work` in a transaction, and gives what it gave once everything is on the disk.
 *
 * @param mode `readonly` or `readwrite`.
 * @param work Is given a function from the name of a store to the store. It waits for nothing but
 *   {@link asked}.
 */
export async function within(mode, work) {
  const database = await open();
  const transaction = database.transaction(
    ["entries", "lists", "facts"], mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
  });
  done.catch(() => {});  // Told below, unless the work failed before.
  let result;
  try {
    result = await work(name => transaction.objectStore(name));
  } catch (error) {
    try { transaction.abort(); } catch { /* It ended by itself. */ }
    throw error;
  }
  await done;
  return result;
}

/** A fact about this device. */
export const fact = name => within("readonly", store => asked(store("facts").get(name)));

export const setFact = (name, value) =>
  within("readwrite", store => asked(store("facts").put(value, name)));
