// The form of an assessment: saves as it is filled in, with a network and without.

import { applicability, isContradicted, overlay, seen, word } from "./answers.js";
import { keysOf } from "./keys.js";
import { noteProgress, refresh, removeOld, settle } from "./keep.js";
import { Queue } from "./queue.js";
import { keepSending, StatusLine } from "./status.js";
import { keepTyped, sayTyped } from "./typed.js";

/** How long typing rests before it is stored, in milliseconds. */
const REST = 800;

/** One question on the page, or the conditions. */
class Place {
  constructor(section) {
    this.section = section;
    this.subject = section.dataset.place;
    this.inputs = [...section.querySelectorAll("[name]")].filter(
      input => input.name.includes(":") && input.type !== "hidden");
    this.names = [...new Set(this.inputs.map(input => input.name.split(":")[1]))];
    this.shown = this.read(true);

    /** The ids of the entries whose words stand on the page, over what the server put there. */
    this.seen = new Set();
  }

  of(field) { return this.inputs.filter(input => input.name.endsWith(`:${field}`)); }

  /** What stands in the fields, or what the server put there. */
  read(isAsServed = false) {
    return Object.fromEntries(this.names.map(field => [field, this.value(field, isAsServed)]));
  }

  value(field, isAsServed = false) {
    const inputs = this.of(field);
    if (inputs.length === 0) return "";
    const [checked, value] = isAsServed ? ["defaultChecked", "defaultValue"] : ["checked", "value"];
    switch (inputs[0].type) {
      case "radio": return inputs.find(input => input[checked])?.value ?? "";
      case "checkbox":
        return inputs.filter(input => input[checked]).map(input => input.value).join(",");
      default: return inputs[0][value].replaceAll("\r\n", "\n");
    }
  }

  set(field, value) {
    for (const input of this.of(field)) {
      if (input.type === "radio") input.checked = input.value === value;
      else if (input.type === "checkbox") input.checked = value.split(",").includes(input.value);
      else if (input.value !== value) input.value = value;
    }
  }

  /** Whether answers differ for a field that nobody chose between yet. */
  differs(field) {
    return this.section.querySelector(`[data-conflict="${field}"]:not([hidden])`) !== null;
  }
}

class Assessment {
  #typing = new Map();
  #saving = 0;

  /** What somebody was faster with than this script or the database. */
  #early = new Map();
  #isReady = false;

  constructor(form) {
    this.form = form;
    this.revision = Number(form.dataset.revision);
    this.queue = new Queue({
      account: form.dataset.account, inspection: form.dataset.inspection,
      edition: form.dataset.edition, token: form.elements.token.value,
    });
    this.places = [...form.querySelectorAll("[data-place]")].map(section => new Place(section));
    for (const place of this.places) {
      const early = place.names.filter(field => place.value(field) !== place.shown[field]);
      if (early.length > 0) this.#early.set(place, early);
    }
    this.status = new StatusLine(document.getElementById("device-status"), this.queue);
  }

  start() {
    this.queue.addEventListener("change", () => this.render());
    this.queue.addEventListener("sent", event => {
      refresh(this.queue, event.detail.map(entry => entry.subject)).catch(() => {});
    });
    this.listen();
    this.ready = this.load();
  }

  async load() {
    await removeOld().catch(() => {});  // Nothing is stored where there is no database.
    await this.queue.load().catch(() => {});  // Saving says what is wrong.
    await sayTyped(this.queue).catch(() => {});  // It stays noted.
    this.form.classList.add("assessment--saving");
    this.#isReady = true;
    this.render();
    const early = [...this.#early.keys()];
    this.#early.clear();
    for (const place of early) this.save(place);
    keepSending(this.queue);
    settle(this.queue).catch(() => {});
  }

  listen() {
    this.form.addEventListener("input", event => this.changed(event.target));
    this.form.addEventListener("change", event => this.changed(event.target, true));
    this.form.addEventListener("focusout", () => this.saveTyped());
    addEventListener("pagehide", () => this.keepTyped());
    addEventListener("visibilitychange", () => { if (document.hidden) this.saveTyped(); });
    // What was typed is saved already: sending the form would say it twice.
    this.form.addEventListener("submit", event => {
      event.preventDefault();
      this.saveTyped().then(() => this.queue.send());
    });
    const submission = document.querySelector(".submission form");
    submission?.addEventListener("submit", event => this.submit(event));
    addEventListener("beforeunload", event => {
      if (this.queue.loose.length > 0) event.preventDefault();
    });
  }

  // --- Saving

  changed(input, isDone = false) {
    const place = this.places.find(one => one.section.contains(input));
    if (!place || !input.name.includes(":")) return;
    // What was wrong with it may not be any more; the summary above stays until the page is sent.
    for (const told of place.section.querySelectorAll(".govuk-error-message")) told.remove();
    if (!this.#isReady) {
      this.#early.set(place, [...this.#early.get(place) ?? [], input.name.split(":")[1]]);
      return;
    }
    if (input.tagName === "TEXTAREA" && !isDone) {
      clearTimeout(this.#typing.get(place));
      this.#typing.set(place, setTimeout(() => this.save(place), REST));
      this.show();
    } else {
      this.save(place);
    }
  }

  /** Notes what is typed and not stored yet, where there is no time for the database. */
  keepTyped() {
    const isAt = place =>
      this.#typing.has(place) || place.saves > 0 || this.#early.has(place);
    for (const place of this.places.filter(isAt)) {
      const seen = [...place.seen];
      keepTyped(this.queue, place.subject,
        this.unsaid(place).map(part => ({ ...part, seen })));
    }
  }

  /** Stores what rests, and waits for everything that is being stored. */
  async saveTyped() {
    await this.ready;
    for (const place of this.#typing.keys()) this.save(place);
    await Promise.allSettled(this.places.map(place => place.saving));
  }

  /** Stores what is not said yet. */
  async save(place) {
    clearTimeout(this.#typing.get(place));
    this.#typing.delete(place);
    this.#saving += 1;
    place.saves = (place.saves ?? 0) + 1;
    this.show();
    // One after the other: what a change is depends on what was said before.
    place.saving = (place.saving ?? Promise.resolve())
      .catch(() => {})
      .then(async () => {
        for (const { over, fields } of this.unsaid(place)) {
          const entry = await this.queue.say(place.subject, over, fields, place.seen);
          place.seen.add(entry.id);
        }
      })
      .finally(() => {
        this.#saving -= 1;
        place.saves -= 1;
      });
    await place.saving;
    this.render();
    if (this.queue.waiting.length > 0) this.queue.send();
  }

  /** Sends what waits before the case is submitted; else the server would find it unfinished. */
  async submit(event) {
    event.preventDefault();
    await this.saveTyped();
    await this.queue.send();
    const waiting = this.queue.waiting.length;
    // A page that is not reached would be gone, and nobody the wiser.
    const isReached = await this.queue.contact() !== null || this.queue.trouble !== "no-network";
    if (waiting === 0 && isReached) {
      event.target.submit();
      return;
    }
    let told = document.getElementById("not-submitted");
    if (!told) {
      told = document.createElement("p");
      told.id = "not-submitted";
      told.className = "govuk-error-message";
      told.setAttribute("role", "alert");
      event.target.before(told);
    }
    told.textContent = waiting === 0
      ? "The case was not submitted: there is no network. Its answers are in the record."
      : "The case was not submitted: its answers must be sent first. They are saved on this device.";
  }

  // --- Showing

  /** What stands in the fields of a question and is not said yet, by the revision it is said over. */
  unsaid(place) {
    const entries = this.queue.about(place.subject).filter(entry => place.seen.has(entry.id));
    const said = overlay(place.shown, entries, this.revision);
    const overs = seen(entries, this.revision);
    const parts = new Map();
    for (const [field, value] of Object.entries(place.read())) {
      if (value === (said[field] ?? "") || !this.#isReady && !this.isEarly(place, field)) continue;
      const over = overs[field] ?? this.revision;
      parts.set(over, { ...parts.get(over), [field]: value });
    }
    return [...parts].map(([over, fields]) => ({ over, fields }));
  }

  isEarly(place, field) { return this.#early.get(place)?.includes(field) === true; }

  /** What holds for a question, as far as this device knows. */
  said(place) {
    return overlay(place.shown, this.queue.about(place.subject), this.revision);
  }

  render() {
    if (!this.#isReady) return;
    for (const place of this.places) {
      // What somebody is at is stored in a moment.
      if (this.#typing.has(place) || place.saves > 0) continue;
      const said = this.said(place);
      for (const field of place.names) {
        if (!this.isEarly(place, field) && place.value(field) !== said[field]) {
          place.set(field, said[field]);
        }
      }
      place.seen = new Set(this.queue.about(place.subject).map(entry => entry.id));
    }
    this.markConflicts();
    this.apply();
    this.count();
    this.show();
  }

  show() { this.status.show(this.#typing.size > 0 || this.#saving > 0); }

  /** What was said over this page takes the place of answers that differed. */
  markConflicts() {
    for (const place of this.places) {
      const overs = seen(this.queue.about(place.subject), this.revision);
      for (const mark of place.section.querySelectorAll("[data-conflict]")) {
        mark.hidden = overs[mark.dataset.conflict] === this.revision;
      }
    }
  }

  /** Shows the questions that are put, and asks for reasons. */
  apply() {
    const conditions = this.places.find(place => place.subject.endsWith("/conditions"));
    for (const place of this.places) {
      const name = place.section.dataset.condition;
      if (name && conditions) {
        const met = conditions.differs(name) ? "" : conditions.value(name);
        const applies = applicability(met);
        place.section.hidden = applies !== "applies";
        this.leaveOut(place, applies);
      }
      const warning = place.section.querySelector("[data-contradiction]");
      if (warning) {
        const prompts = place.names.filter(field => /^p\d+$/.test(field));
        const answer = place.differs("answer") ? "" : place.value("answer");
        warning.hidden = place.value("reason") === ""
          && !isContradicted(answer, prompts.map(field => place.value(field)));
      }
    }
  }

  /** Says why a question is not put. */
  leaveOut(place, applies) {
    const box = place.section.previousElementSibling;
    if (!box?.dataset.leftOut) return;
    box.hidden = applies === "applies";
    for (const reason of box.querySelectorAll("[data-reason]")) {
      reason.hidden = reason.dataset.reason !== applies;
    }
    const answer = place.value("answer");
    const kept = box.querySelector("[data-kept]");
    // Several answers that differ stand as the server wrote it.
    if (place.differs("answer")) return;
    kept.hidden = answer === "";
    kept.querySelector("strong").textContent = word(answer);
  }

  count() {
    const put = this.places.filter(place => {
      const box = place.section.previousElementSibling;
      const isSetAside = box?.dataset.leftOut
        && !box.hidden && !box.querySelector("[data-reason='set-aside']").hidden;
      return place.names.includes("answer") && !isSetAside;
    });
    const isAnswered = place => place.value("answer") !== "" || place.differs("answer");
    const answered = put.filter(isAnswered).length;
    document.getElementById("put").textContent = put.length;
    document.getElementById("answered").textContent = answered;
    noteProgress(this.queue, location.pathname, answered, put.length).catch(() => {});
  }
}

const form = document.getElementById("assessment");
if (form) {
  // A form that came back when the case was submitted is at an address that cannot be loaded again.
  const own = form.getAttribute("action");
  if (location.pathname !== own) history.replaceState(null, "", own);
  keysOf(form, document.getElementById("device-status"));
  new Assessment(form).start();
}
