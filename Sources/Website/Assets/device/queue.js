// What was said on this device, until it is in the record.

import { addressOf, content, fieldsOf, inWords, isAfter } from "./answers.js";
import { asked, fact, setFact, within } from "./shelf.js";

/** The most bytes that are sent at once; the server takes twice as many. */
const MOST_BYTES = 120_000;

/** Why an entry was refused that has the id of another. */
const TAKEN = "something else has its id";

/** How long an answer of the server is waited for, in milliseconds. */
const PATIENCE = 15_000;

/** A UUID of version 7. */
export function newID(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place -= 1) {
    bytes[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const digits = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** One sender at a time in this browser, whatever is open. */
function alone(work) {
  return navigator.locks ? navigator.locks.request("plumbline send", work) : work();
}

const isWaiting = entry => entry.sequence === null && entry.why === null;

/**
 * The entries of one account in one inspection. Tells by `change` whenever something is different.
 *
 * What cannot be stored is held here and sent all the same: see {@link loose}.
 */
export class Queue extends EventTarget {
  /** Entries by their ids, in the order in which they were made. */
  #known = new Map();

  /** The ids of those that are in no database, because it failed. */
  #loose = new Set();

  /** The ids of those that were handed to the network here. */
  #handed = new Set();

  /** What became of those that this page knows the end of, stored or not, by their ids. */
  #ends = new Map();

  #sending;

  /** Whether sending was asked for since it was last begun. */
  #isAsked = false;

  #shelving;

  /**
   * Why nothing goes through: `no-network`, `signed-out`, `somebody-else`, `not-allowed`,
   * `refusing` or `full`; nothing while all is well.
   */
  trouble = null;

  /** When the server last answered, in milliseconds; nothing where nobody knows. */
  syncedAt = null;

  /** The subjects of what was sent from this page and differs from what was said elsewhere. */
  differing = new Set();

  constructor({ account, inspection, edition = null, token = null }) {
    super();
    Object.assign(this, { account, inspection, edition, token });
    this.channel = new BroadcastChannel("plumbline");
    this.channel.onmessage = ({ data }) => {
      for (const [id, sequence] of data) {
        if (sequence === null) {
          this.#ends.delete(id);
          this.#forgetOne(id);
          continue;
        }
        this.#ends.set(id, { sequence, why: null });
        this.#loose.delete(id);
        const known = this.#known.get(id);
        if (known) this.#known.set(id, this.#withEnd(known));
      }
      this.load().catch(() => {});  // The next change tries again.
    };
  }

  get entries() {
    const place = entry => entry.order ?? Infinity;
    return [...this.#known.values()].sort((one, other) =>
      place(one) === place(other) ? 0 : place(one) - place(other));
  }

  get waiting() { return this.entries.filter(isWaiting); }

  /** What the server did not take. */
  get refused() { return this.entries.filter(entry => entry.why !== null); }

  /** What is on this page alone, since it could not be stored. */
  get loose() {
    return this.entries.filter(entry => entry.sequence === null && this.#loose.has(entry.id));
  }

  get isSending() { return this.#sending !== undefined; }

  /** Those about one question on one case. */
  about(subject) { return this.entries.filter(entry => entry.subject === subject); }

  #tell() { this.dispatchEvent(new Event("change")); }

  /** Reads what is stored. */
  async load() {
    const [rows, synced] = await within("readonly", async store => [
      await asked(store("entries").index("owner").getAll([this.account, this.inspection])),
      await asked(store("facts").get(this.#syncedName)),
    ]);
    this.#missing(rows);
    for (const row of rows) this.#known.set(row.id, this.#withEnd(row));
    this.syncedAt = Math.max(synced ?? 0, this.syncedAt ?? 0) || null;
    this.#tell();
  }

  /** A stored entry, with what became of it also where only this page knows that. */
  #withEnd(row) {
    return { ...row, ...this.#ends.get(row.id) };
  }

  get #syncedName() { return `synced ${this.account} ${this.inspection}`; }

  // --- Saying

  /**
   * Stores what somebody said of one question.
   *
   * An entry that was never handed to the network is written anew instead, so that typing a note
   * makes one entry: nobody else can have seen it.
   *
   * @param over The revision of the page that they were looking at.
   * @param fields What they said anew.
   * @param seen The ids of the entries whose words stood on the page; all of them unless said. What
   *   another page of this browser said meanwhile is kept beside it.
   */
  async say(subject, over, fields, seen = null) {
    const isSeen = entry => seen === null || seen.has(entry.id);
    await this.#shelve();
    const make = (own, mayBeWritten) => {
      const last = own.at(-1);
      if (last && mayBeWritten(last) && last.over === over) {
        const replaces = last.values.replaces ?? [];
        return { ...last, ...content(subject, { ...fieldsOf(last), ...fields }, replaces) };
      }
      const said = content(subject, fields, own.map(entry => entry.id));
      return this.#entry("answer-given", subject, over, said);
    };
    const isOpen = entry => isWaiting(entry) && !entry.attempted && !this.#handed.has(entry.id);
    const isOwn = entry =>
      entry.event === "answer-given" && isAfter(entry, over) && isSeen(entry);
    const keep = () => within("readwrite", async store => {
      if (this.about(subject).some(known => this.#loose.has(known.id))) {
        throw new Error("what it follows is not stored");
      }
      const rows = await asked(
        store("entries").index("owner").getAll([this.account, this.inspection]));
      const stored = rows.filter(row => row.subject === subject).map(row => this.#withEnd(row));
      const others = this.about(subject).filter(
        known => !stored.some(row => row.id === known.id) && known.sequence !== null);
      const made = make([...others, ...stored].filter(isOwn), isOpen);
      made.order ??= await this.#next(store);
      await asked(store("entries").put(made));
      return made;
    });
    const entry = await keep().catch(error => {
      console.warn("plumbline: not stored", error?.name);
      const own = this.about(subject).filter(isOwn);
      const made = make(own, last => isOpen(last) && this.#loose.has(last.id));
      this.#loose.add(made.id);
      return made;
    });
    this.#known.set(entry.id, entry);
    this.channel.postMessage([]);
    this.#tell();
    return entry;
  }

  /** A place behind everything, also behind what went from the database since. */
  async #next(store) {
    const last = await asked(store("entries").openKeyCursor(null, "prev"));
    return 1 + Math.max(last?.key ?? 0, ...this.entries.map(entry => entry.order ?? 0));
  }

  /**
   * Puts an entry back where it stood, or behind everything where another stands there by now: a
   * database that was emptied counts from one again.
   *
   * @returns Its place.
   */
  async #putBack(store, entry) {
    const there = entry.order && await asked(store("entries").get(entry.order));
    const isFree = entry.order && (!there || there.id === entry.id);
    const order = isFree ? entry.order : await this.#next(store);
    return asked(store("entries").put({ ...entry, order }));
  }

  #entry(event, subject, over, { values, sealed }) {
    return {
      id: newID(), account: this.account, inspection: this.inspection, event, subject, over,
      edition: this.edition, values, sealed, madeAt: Date.now(), attempted: false, sequence: null,
      why: null,
    };
  }

  /** Tries once more to store what could not be stored. */
  #shelve() {
    this.#shelving ??= this.#shelveLoose()
      .catch(() => {})  // It stays loose, and the page says so.
      .finally(() => { this.#shelving = undefined; });
    return this.#shelving;
  }

  async #shelveLoose() {
    const loose = this.loose;
    if (loose.length === 0) return;
    const orders = await within("readwrite", async store => {
      const orders = [];
      for (const entry of loose) orders.push(await this.#putBack(store, entry));
      return orders;
    });
    for (const [place, entry] of loose.entries()) {
      const now = this.#known.get(entry.id);
      now.order = orders[place];
      // What was written anew meanwhile is not stored yet.
      if (now === entry) this.#loose.delete(entry.id);
    }
  }

  // --- Sending

  /** Sends everything that waits. Harmless at any time. */
  send() {
    this.#isAsked = true;
    this.#sending ??= this.#sendWhileAsked();
    this.#tell();
    return this.#sending;
  }

  async #sendWhileAsked() {
    try {
      do {
        this.#isAsked = false;
        await alone(() => this.#sendAll());
      } while (this.#isAsked && this.trouble === null && this.waiting.length > 0);
    } finally {
      this.#sending = undefined;
      this.#tell();
    }
  }

  async #sendAll() {
    await this.#shelve();
    if (this.waiting.length === 0) return;
    // What was never handed over can still be written anew: it is not, until somebody answers.
    if (!navigator.onLine) return this.#fail("no-network");
    if (this.trouble !== null && !await this.contact()) return;
    for (;;) {
      const some = await this.#take();
      if (some.length === 0) return;
      const answer = await this.#post(some);
      if (!answer) return;
      const told = new Set(answer.outcomes.map(outcome => outcome?.id));
      if (!some.every(entry => told.has(entry.id))) return this.#fail("refusing");
      await this.#note(answer.outcomes);
    }
  }

  /** The next entries to send, marked as handed to the network. */
  async #take() {
    const pick = rows => {
      let bytes = 0;
      return rows.filter(isWaiting).filter(entry => {
        bytes += new TextEncoder().encode(JSON.stringify(Queue.#sent(entry))).length;
        return bytes <= MOST_BYTES;
      }).slice(0, 50);
    };
    let some;
    try {
      some = await within("readwrite", async store => {
        const stored = await asked(
          store("entries").index("owner").getAll([this.account, this.inspection]));
        const rows = stored.map(row => this.#withEnd(row));
        this.#missing(rows);
        const picked = pick(rows);
        for (const row of picked.filter(row => !row.attempted)) {
          row.attempted = true;
          await asked(store("entries").put(row));
        }
        return picked;
      });
    } catch {
      // What is not marked as handed over could be written anew by another page.
      const stored = this.entries.filter(entry => !this.#loose.has(entry.id));
      some = pick(stored.filter(entry => entry.attempted));
      if (some.length === 0 && stored.some(isWaiting)) this.#fail("full");
    }
    some = pick([...some, ...this.loose]);
    for (const entry of some) {
      entry.attempted = true;
      this.#handed.add(entry.id);
      this.#known.set(entry.id, entry);
    }
    return some;
  }

  /**
   * What is not in the record and went from the database is held by this page, unless its author
   * removed it.
   */
  #missing(rows) {
    const stored = new Set(rows.map(row => row.id));
    const dropped = new Set(rows.map(row => row.values.entry));
    for (const { id, sequence } of this.entries) {
      if (sequence !== null || stored.has(id)) continue;
      if (dropped.has(id)) this.#forgetOne(id);
      else this.#loose.add(id);
    }
  }

  #forgetOne(id) {
    this.#known.delete(id);
    this.#loose.delete(id);
  }

  static #sent({ id, event, subject, over, edition, values, sealed }) {
    return {
      id, event, subject, over, values, ...(edition ? { edition } : {}),
      ...(sealed ? { sealed } : {}),
    };
  }

  /** What the server answered; nothing when it could not be asked, and then `trouble` says why. */
  async #post(entries) {
    for (const isLast of [false, true]) {
      if (this.token === null && !await this.contact()) return null;
      const response = await this.#ask("entries", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Form-Token": this.token },
        body: JSON.stringify({
          device: await deviceID(), waiting: this.waiting.length, held: await this.#held(),
          entries: entries.map(Queue.#sent),
        }),
      });
      if (!response) return null;
      if (response.status === 403 && !isLast) {
        // From before the last sign-in; a new one comes with the next contact.
        this.token = null;
        continue;
      }
      if (!await this.#isWell(response)) return null;
      return response.json().catch(() => this.#fail("no-network"));
    }
    return null;
  }

  /**
   * Asks for the list of cases, and so for the token of whoever is signed in.
   *
   * @returns The list without the token; nothing when this account cannot be reached.
   */
  async contact() {
    const now = new URLSearchParams({
      device: await deviceID(), waiting: this.waiting.length, held: await this.#held(),
    });
    const response = await this.#ask(`cases?${now}`, { headers: { Accept: "application/json" } });
    if (!response || !response.ok && !await this.#isWell(response)) return null;
    const list = await response.json().catch(() => null);
    if (!list) return this.#fail("no-network");
    if (list.account !== this.account) return this.#fail("somebody-else");
    await this.#isWell(response);
    const { token, ...rest } = list;
    this.token = token;
    this.edition ??= rest.edition;
    for (const subject of this.differing) {
      const address = addressOf(this.inspection, subject);
      const isChosen = rest.cases.some(one => one.address === address && one.conflicts === 0);
      if (isChosen) this.differing.delete(subject);
    }
    return rest;
  }

  /** How many cases were taken along. */
  async #held() {
    const list = await within(
      "readonly", store => asked(store("lists").get([this.account, this.inspection])))
      .catch(() => undefined);  // Where nothing is stored, nothing is held.
    return list?.cases.length ?? 0;
  }

  async #ask(what, options) {
    try {
      return await fetch(`/fieldwork/${this.inspection}/device/${what}`, {
        ...options, cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.#fail("no-network");
    }
  }

  async #isWell(response) {
    if (response.ok) {
      this.trouble = null;
      this.syncedAt = Date.now();
      await setFact(this.#syncedName, this.syncedAt)
        .then(() => setFact(`contact ${this.account}`, this.syncedAt))
        .catch(() => {});  // It is known here, and asked for again elsewhere.
      return true;
    }
    const troubles = { 401: "signed-out", 403: "not-allowed", 404: "not-allowed" };
    this.#fail(troubles[response.status] ?? (response.status < 500 ? "refusing" : "no-network"));
    return false;
  }

  #fail(trouble) {
    this.trouble = trouble;
    return null;
  }

  async #note(outcomes) {
    const ends = new Map(outcomes.map(outcome => [outcome.id, outcome]));
    for (const [id, { outcome, sequence, why, last }] of ends) {
      if (outcome === "refused" && last !== undefined) continue;
      this.#ends.set(id, outcome === "refused"
        ? { sequence: null, why: why ?? TAKEN }
        : { sequence: sequence ?? 0, why: null, ...(outcome === "arrived" ? { outcome } : {}) });
    }
    const changed = this.entries.filter(entry => ends.has(entry.id)).map(entry => {
      const { outcome, last, differs } = ends.get(entry.id);
      if (differs) this.differing.add(entry.subject);
      // A record that was put back to an earlier day does not have what was seen: nothing was.
      return outcome === "refused" && last !== undefined
        ? { ...entry, over: 0 } : this.#withEnd(entry);
    });
    for (const entry of changed) {
      this.#known.set(entry.id, entry);
      if (entry.sequence !== null) this.#loose.delete(entry.id);
    }
    await within("readwrite", async store => {
      for (const entry of changed.filter(entry => entry.order !== undefined)) {
        const there = await asked(store("entries").get(entry.order));
        if (there && there.id !== entry.id) continue;
        const isDone = entry.sequence !== null && entry.event === "answer-dropped";
        await asked(isDone ? store("entries").delete(entry.order) : store("entries").put(entry));
      }
    }).catch(() => {});  // They are sent again, which is harmless.
    // Before anybody else looks, what is in the record may be gone from the database.
    this.channel.postMessage(changed.filter(entry => entry.sequence !== null)
      .map(entry => [entry.id, entry.sequence]));
    this.dispatchEvent(new CustomEvent("sent", { detail: changed }));
    this.#tell();
  }

  // --- Removing

  /** Sends what was refused once more; by another id where something else has its own. */
  async retry(id) {
    const changed = await within("readwrite", async store => {
      const entry = await this.#stored(store, id);
      if (!entry) return null;
      const made = { ...entry, why: null, id: entry.why === TAKEN ? newID() : id };
      await asked(store("entries").put(made));
      return made;
    });
    if (changed) {
      this.#ends.delete(id);
      this.#forgetOne(id);
      this.#known.set(changed.id, changed);
      // No other page is to miss an id that is gone, or to hold that it was refused.
      this.channel.postMessage([[id, null]]);
    }
    this.#tell();
    return this.send();
  }

  /**
   * Removes an entry that is not in the record, with a reason that goes there instead.
   *
   * @returns Whether it was removed: not when it got into the record meanwhile.
   */
  async drop(id, reason) {
    return alone(async () => {
      const dropped = await within("readwrite", async store => {
        const entry = await this.#stored(store, id);
        if (!entry || entry.sequence !== null) return null;
        await asked(store("entries").delete(entry.order));
        // What it says depends on no revision, and it must not be refused for one.
        const made = this.#entry("answer-dropped", entry.subject, 0, {
          values: { entry: id }, sealed: { reason, said: inWords(entry).join("; ") },
        });
        made.order = await this.#next(store);
        await asked(store("entries").put(made));
        return made;
      });
      if (dropped) {
        this.#forgetOne(id);
        this.#known.set(dropped.id, dropped);
      }
      // Once that is in the record, nothing in the database tells of it any more.
      this.channel.postMessage(dropped ? [[id, null]] : []);
      this.#tell();
      return dropped !== null;
    });
  }

  async #stored(store, id) {
    const rows = await asked(
      store("entries").index("owner").getAll([this.account, this.inspection]));
    const row = rows.find(row => row.id === id);
    return row && this.#withEnd(row);
  }

  /** Forgets what is in the record, where every page that is stored holds it. */
  async forget(isHeld) {
    const rows = await within("readwrite", async store => {
      const all = await asked(
        store("entries").index("owner").getAll([this.account, this.inspection]));
      const held = all.filter(row => row.sequence !== null && isHeld(row));
      for (const row of held) await asked(store("entries").delete(row.order));
      return held;
    });
    return rows.length;
  }
}

/** The id of this device, made when it is first asked for. */
export async function deviceID() {
  try {
    const known = await fact("device");
    if (known) return known;
    const made = newID();
    await setFact("device", made);
    return made;
  } catch {
    return unstored;
  }
}

const unstored = newID();

/** How many entries of other people wait in this browser. */
export async function waitingOfOthers(account) {
  const rows = await within("readonly", store => asked(store("entries").getAll()));
  return rows.filter(row => row.account !== account && row.sequence === null).length;
}
