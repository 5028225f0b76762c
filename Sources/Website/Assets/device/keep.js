// The pages of cases on this device, as the server made them. They hold no name and no date of birth.

import { addressOf } from "./answers.js";
import { asked, fact, setFact, within } from "./shelf.js";

/** How many days what is in the record stays on a device that has no contact. */
export const DAYS = 14;

const ASSETS = "assets";

/** How many pages are asked for at the same time. */
const AT_ONCE = 4;

const copiesName = ({ inspection, account }) => `cases/${inspection}/${account}`;

/** Whether this window can do without a network at all. */
export const canKeep = () =>
  isSecureContext && "serviceWorker" in navigator && "caches" in globalThis;

const pageOf = inspection => `/fieldwork/${inspection}/device`;

function copyOf(response) {
  return {
    revision: Number(response.headers.get("X-Revision")),
    storedAt: Date.parse(response.headers.get("X-Stored-At") ?? ""),
  };
}

/** What is stored: revision and time, by the address of the page. */
export async function copies(owner) {
  const found = new Map();
  if (!canKeep() || !await caches.has(copiesName(owner))) return found;
  const cache = await caches.open(copiesName(owner));
  for (const request of await cache.keys()) {
    found.set(new URL(request.url).pathname, copyOf(await cache.match(request)));
  }
  return found;
}

/** The list of cases as it was when the server was last asked; nothing where it never was. */
export const list = ({ account, inspection }) =>
  within("readonly", store => asked(store("lists").get([account, inspection])));

const progressName = (account, address) => `progress ${account} ${address}`;

/** Notes how far a case is, as its page on this device shows it. */
export const noteProgress = ({ account }, address, answered, put) =>
  setFact(progressName(account, address), { answered, put });

/** How far cases are, by the addresses of their pages. */
export async function progress({ account }) {
  const start = progressName(account, "");
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const [names, values] = await within("readonly", async store => [
    await asked(store("facts").getAllKeys(range)), await asked(store("facts").getAll(range)),
  ]);
  return new Map(names.map((name, place) => [name.slice(start.length), values[place]]));
}

// --- Storing

/** Stores a page, with the scripts and sheets that it names. */
async function storePage(owner, address) {
  const response = await fetch(address, { cache: "no-store", redirect: "manual" });
  if (!response.ok || response.headers.get("X-Account") !== owner.account) return false;
  const text = await response.text();
  await storeAssets(new DOMParser().parseFromString(text, "text/html"));
  const headers = new Headers(response.headers);
  headers.set("X-Stored-At", new Date().toISOString());
  const cache = await caches.open(copiesName(owner));
  const old = await cache.match(address);
  const copy = new Response(text, { status: 200, headers });
  // An answer that was overtaken on its way takes nothing back.
  if (old && copyOf(old).revision > copyOf(copy).revision) return true;
  await cache.put(address, copy);
  return true;
}

async function storeAssets(page) {
  const cache = await caches.open(ASSETS);
  for (const part of page.querySelectorAll("link[href], script[src]")) {
    const address = part.getAttribute("href") ?? part.getAttribute("src");
    if (address.startsWith("/assets/") && !await cache.match(address)) await cache.add(address);
  }
}

/**
 * Takes the cases of a list along.
 *
 * @param progress Is told how many pages of how many are stored.
 * @throws What the browser says when there is no room, or the network went.
 */
export async function takeAlong(owner, list, progress) {
  await setFact("account", owner.account);
  await setFact(`contact ${owner.account}`, Date.now());
  await navigator.serviceWorker.register("/fieldwork/worker.js", {
    scope: "/fieldwork", updateViaCache: "none",
  });
  const addresses = [pageOf(owner.inspection), ...list.cases.map(one => one.address)];
  const left = [...addresses];
  let done = 0;
  const storeSome = async () => {
    for (let address = left.shift(); address; address = left.shift()) {
      if (!await storePage(owner, address)) throw new Error("The server did not give a page");
      done += 1;
      progress(done, addresses.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, storeSome));
  await within("readwrite", store => asked(store("lists").put({ ...list, storedAt: Date.now() })));
  await dropOthers(owner, new Set(addresses));
  await navigator.serviceWorker.ready;
  // How many cases are held here.
  await owner.contact();
}

/** Removes the copies of pages that are no longer this account's, but for those with what waits. */
async function dropOthers(owner, addresses) {
  const held = await waitingAddresses(owner);
  const cache = await caches.open(copiesName(owner));
  for (const request of await cache.keys()) {
    const address = new URL(request.url).pathname;
    if (!addresses.has(address) && !held.has(address)) await cache.delete(request);
  }
}

/** The addresses of pages of which something waits, with that of the device; of all accounts. */
async function waitingAddresses({ account, inspection } = {}) {
  const rows = await within("readonly", store => asked(store("entries").getAll()));
  return new Set(rows
    .filter(row => row.sequence === null && (account === undefined
      || row.account === account && row.inspection === inspection))
    .flatMap(row => [addressOf(row.inspection, row.subject), pageOf(row.inspection)]));
}

/**
 * Stores again those pages of a case that are on this device, after something was said there, and
 * forgets what they now hold.
 */
export async function refresh(queue, subjects) {
  const stored = await copies(queue);
  const addresses = new Set(subjects.map(subject => addressOf(queue.inspection, subject)));
  for (const address of addresses) {
    if (stored.has(address)) await storePage(queue, address);
  }
  if (stored.size > 0 && await list(queue)) {
    const now = await queue.contact();
    if (now) {
      await within("readwrite", async store => {
        const { storedAt } = await asked(store("lists").get([queue.account, queue.inspection]));
        await asked(store("lists").put({ ...now, storedAt }));
      });
      await dropOthers(queue, new Set([
        pageOf(queue.inspection), ...now.cases.map(one => one.address)]));
    }
  }
  await settle(queue);
}

/** Forgets entries that every copy of their page holds. */
export async function settle(queue) {
  const stored = await copies(queue);
  await queue.forget(entry => {
    const copy = stored.get(addressOf(queue.inspection, entry.subject));
    return !copy || copy.revision >= entry.sequence;
  });
}

// --- Removing

/**
 * Removes pages, lists and entries that are in the record. What waits stays.
 *
 * @param isMeant Of which accounts.
 * @param keeps Addresses of pages that stay.
 * @returns How many cases were removed.
 */
export async function remove(isMeant, keeps = new Set()) {
  let pages = 0;
  if ("caches" in globalThis) {
    for (const name of await caches.keys()) {
      const [kind, , account] = name.split("/");
      if (kind !== "cases" || !isMeant(account)) continue;
      const cache = await caches.open(name);
      const gone = (await cache.keys()).filter(
        request => !keeps.has(new URL(request.url).pathname));
      pages += gone.filter(request => !request.url.endsWith("/device")).length;
      for (const request of gone) await cache.delete(request);
      if ((await cache.keys()).length === 0) await caches.delete(name);
    }
  }
  await within("readwrite", async store => {
    for (const list of await asked(store("lists").getAll())) {
      if (isMeant(list.account)) {
        await asked(store("lists").delete([list.account, list.inspection]));
      }
    }
    for (const entry of await asked(store("entries").getAll())) {
      if (isMeant(entry.account) && entry.sequence !== null) {
        await asked(store("entries").delete(entry.order));
      }
    }
  });
  return pages;
}

/**
 * Removes what is in the record for accounts that had no contact for {@link DAYS} days. The pages of
 * what waits stay, and that on which it can be seen.
 */
export async function removeOld(now = Date.now()) {
  const contacts = new Map(await within("readonly", async store => {
    const names = await asked(store("facts").getAllKeys());
    const values = await asked(store("facts").getAll());
    return names.map((name, place) => [name, values[place]]);
  }));
  return remove(account => {
    const contact = contacts.get(`contact ${account}`);
    return contact !== undefined && now - contact > DAYS * 86_400_000;
  }, await waitingAddresses());
}

// --- What the browser promises

/**
 * Whether the browser lets this work last: `promised`, `lasting` (no promise, but it has outlived a
 * restart of the browser, so this is no private window), `unknown`, or `impossible`.
 *
 * Browsers do not tell a page that it is in a private window, on purpose. What is stored there ends
 * with the window, as does a cookie without a date: finding the one without the other shows that it
 * is none.
 */
export async function lasting({ ask = false } = {}) {
  if (!canKeep()) return "impossible";
  try {
    const wasThere = await fact("run");
    const isSameRun = document.cookie.includes("plumbline-run=");
    if (!isSameRun) document.cookie = "plumbline-run=1; Path=/fieldwork; SameSite=Strict";
    if (wasThere && !isSameRun) await setFact("survived", true);
    if (!wasThere) await setFact("run", true);
    const storage = navigator.storage;
    const isPromised = await storage?.persisted?.() || (ask && await storage?.persist?.());
    if (isPromised) return "promised";
    return await fact("survived") ? "lasting" : "unknown";
  } catch {
    return "impossible";
  }
}

/** How many bytes are free for this site; nothing where the browser does not say. */
export async function room() {
  const { quota, usage } = await navigator.storage?.estimate?.() ?? {};
  return quota === undefined ? null : { free: quota - usage, quota, usage };
}
