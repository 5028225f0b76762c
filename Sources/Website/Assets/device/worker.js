// Answers for the pages of cases while there is no network. Touches nothing that waits to be sent.
//
// A page comes from the network where there is one: the newer it is, the fewer answers clash. After
// a short while, and when the server is gone, the copy on this device stands in.

"use strict";

/** How long the network may take while there is a copy, in milliseconds. */
const PATIENCE = 4_000;

const DAYS = 14;

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));

addEventListener("fetch", event => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (address.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});

async function asset(request) {
  return await caches.match(request, { cacheName: "assets" }) ?? fetch(request);
}

async function page(event, address) {
  const network = fetch(event.request).then(response => {
    // Only what may be stored is read twice: downloads are long.
    const read = response.headers.has("X-Revision") ? response.clone() : null;
    event.waitUntil(note(response.headers, read, address).catch(() => {}));
    return response;
  });
  network.catch(() => {});  // Asked below.
  const copy = () => stored(address).catch(() => undefined);
  if (!await copy()) return network.catch(() => nothing(address));
  const late = new Promise(resolve => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([network.catch(() => undefined), late]);
  if (first && ![502, 503, 504].includes(first.status)) return first;
  // A newer one may have been stored meanwhile.
  return await copy() ?? network.catch(() => nothing(address));
}

/** The copy of a page of whoever last signed in here. */
async function stored(address) {
  const account = await fact("account");
  const inspection = address.pathname.split("/")[2];
  if (!account || !inspection) return undefined;
  await removeOld(account);
  return caches.match(address.pathname, { cacheName: `cases/${inspection}/${account}` });
}

/** Notes who is signed in, and that there was contact; stores a page anew that has a copy. */
async function note(headers, read, address) {
  const account = headers.get("X-Account");
  if (!account) return;
  await setFact("account", account);
  await setFact(`contact ${account}`, Date.now());
  const revision = headers.get("X-Revision");
  const name = `cases/${address.pathname.split("/")[2]}/${account}`;
  // With something behind its address, a page says what holds only now.
  if (!read?.ok || address.search !== "" || !await caches.has(name)) return;
  const cache = await caches.open(name);
  const isNewer = async () => {
    const old = await cache.match(address.pathname);
    return old !== undefined && Number(old.headers.get("X-Revision")) <= Number(revision);
  };
  if (!await isNewer()) return;
  const text = await read.text();
  await storeAssets(text);
  if (!await isNewer()) return;
  const kept = new Headers(headers);
  kept.set("X-Stored-At", new Date().toISOString());
  await cache.put(address.pathname, new Response(text, { headers: kept }));
}

/** Stores the scripts and sheets that a page names: without them its copy would be of no use. */
async function storeAssets(text) {
  const assets = await caches.open("assets");
  for (const [, address] of text.matchAll(/ (?:href|src)="(\/assets\/[^"]+)"/g)) {
    if (!await assets.match(address)) await assets.add(address);
  }
}

/**
 * Removes what is in the record, for an account that had no contact for too long. The pages of what
 * waits stay, and that on which it can be seen.
 */
async function removeOld(account) {
  const contact = await fact(`contact ${account}`);
  if (contact === undefined || Date.now() - contact <= DAYS * 86_400_000) return;
  const rows = await within(
    "readonly", transaction => transaction.objectStore("entries").getAll());
  const kept = new Set(rows.filter(row => row.account === account && row.sequence === null)
    .flatMap(row => [addressOf(row), `/fieldwork/${row.inspection}/device`]));
  for (const name of await caches.keys()) {
    if (!name.startsWith("cases/") || !name.endsWith(`/${account}`)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!kept.has(new URL(request.url).pathname)) await cache.delete(request);
    }
  }
  await within("readwrite", transaction => {
    const entries = transaction.objectStore("entries").openCursor();
    entries.onsuccess = () => {
      const cursor = entries.result;
      if (!cursor) return;
      const { account: owner, sequence } = cursor.value;
      if (owner === account && sequence !== null) cursor.delete();
      cursor.continue();
    };
    const lists = transaction.objectStore("lists").openCursor();
    lists.onsuccess = () => {
      const cursor = lists.result;
      if (!cursor) return;
      if (cursor.value.account === account) cursor.delete();
      cursor.continue();
    };
  });
}

/** The address of the page that an entry is about, as in answers.js. */
function addressOf({ inspection, subject }) {
  const [assessment, number] = subject.split("/");
  const path = {
    answer: `cases/${number}/assess`, second: `seconds/${number}`,
    calibration: `calibrations/${number}`,
  }[assessment];
  return `/fieldwork/${inspection}/${path}`;
}

/** Says that there is no network, and leads to what is here. */
async function nothing(address) {
  const account = await fact("account").catch(() => undefined);
  const names = (await caches.keys()).filter(
    name => name.startsWith("cases/") && name.endsWith(`/${account}`));
  const links = names.map(name => name.split("/")[1]).map(
    id => `<li><a class="govuk-link" href="/fieldwork/${id}/device">My cases on this device: ${id}`
      + "</a></li>");
  const assets = await caches.open("assets");
  const sheets = (await assets.keys()).map(request => new URL(request.url).pathname)
    .filter(path => path.endsWith(".css"))
    .sort().map(path => `<link rel="stylesheet" href="${path}">`);
  const body = `<!DOCTYPE html><html lang="en-GB" class="govuk-template"><head>
    <meta charset="utf-8"><title>No network - Plumbline</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">${sheets.join("")}</head>
    <body class="govuk-template__body"><div class="govuk-width-container">
    <main class="govuk-main-wrapper"><h1 class="govuk-heading-xl">No network</h1>
    <p class="govuk-body">This page is not on this device. What you entered is, and is sent when there
    is a network again.</p><ul class="govuk-list">${links.join("")}</ul></main></div></body></html>`;
  return new Response(body, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'",
    },
  });
}

// --- The database of shelf.js, which makes it

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("plumbline");
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(["entries", "lists", "facts"], mode);
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const fact = name => within("readonly", transaction => transaction.objectStore("facts").get(name));

const setFact = (name, value) =>
  within("readwrite", transaction => transaction.objectStore("facts").put(value, name));
