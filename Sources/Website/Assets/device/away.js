// My cases on this device: taking them along, and what waits to be sent.

import { addressOf, inWords, titleOf } from "./answers.js";
import {
  canKeep, copies, DAYS, lasting, list as storedList, progress, refresh, remove,
  removeOld, room, settle, takeAlong,
} from "./keep.js";
import { Queue, waitingOfOthers } from "./queue.js";
import { count, keepSending, moment, StatusLine } from "./status.js";
import { sayTyped, typedOfOthers } from "./typed.js";

/** Below this many free bytes people are warned. */
const LITTLE_ROOM = 50 << 20;

/** An element with attributes and what is in it; what is no element is text. */
function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside.filter(part => part !== null));
  return element;
}

const paragraph = (...inside) => make("p", { class: "govuk-body" }, ...inside);

const link = (text, address) => make("a", { class: "govuk-link", href: address }, text);

function button(text, onclick, isMain = false) {
  const look = isMain ? "govuk-button" : "govuk-button govuk-button--secondary small-button";
  return make("button", { type: "button", class: look, onclick }, text);
}

function warning(...inside) {
  return make("div", { class: "govuk-warning-text" },
    make("span", { class: "govuk-warning-text__icon", "aria-hidden": "true" }, "!"),
    make("strong", { class: "govuk-warning-text__text" },
      make("span", { class: "govuk-visually-hidden" }, "Warning"), " ", ...inside));
}

class Away {
  constructor(place) {
    this.owner = { account: place.dataset.account, inspection: place.dataset.inspection };
    this.queue = new Queue({ ...this.owner, edition: place.dataset.edition || null });
    const part = (id, attributes = {}) => {
      const section = make("section", { id, ...attributes });
      place.append(section);
      return section;
    };
    const line = make("div", { class: "device-status" });
    place.append(line);
    this.status = new StatusLine(line, this.queue);
    this.taking = part("taking");
    this.waiting = part("queue", { tabindex: "-1" });
    this.others = part("others");
    this.cases = part("cases");
    this.removing = new Set();
  }

  async start() {
    this.queue.addEventListener("change", () => this.show());
    this.queue.addEventListener("sent", event => {
      const subjects = event.detail.map(entry => entry.subject);
      if (event.detail.some(entry => entry.outcome === "arrived")) this.tellOfArrival();
      refresh(this.queue, subjects).catch(() => {}).then(() => this.showStored());
    });
    try {
      await removeOld();
      await this.queue.load();
    } catch {
      this.taking.append(warning(
        "This browser stores nothing for this site, so cases cannot be taken along. Private windows "
        + "do that, and some settings. Assess with a network, or in another window."));
      return;
    }
    await sayTyped(this.queue).catch(() => {});  // It stays noted.
    await settle(this.queue).catch(() => {});
    this.promise = await lasting();
    await this.showStored();
    keepSending(this.queue);
    await this.showOthers();
    // What was taken along is as the record has it, and the lead sees that this device is there.
    await refresh(this.queue, []).catch(() => {});
    await this.showStored();
  }

  show() {
    this.status.show(false);
    this.showWaiting();
  }

  // --- Taking along

  async showStored() {
    this.list = await storedList(this.owner);
    this.copies = await copies(this.owner);
    this.progress = await progress(this.owner);
    this.space = await room().catch(() => null);
    if (!this.isTaking) this.showTaking();
    this.showCases();
    this.show();
  }

  showTaking(problem = null) {
    const isTaken = this.list !== undefined && this.copies.size > 0;
    const parts = [];
    if (problem) parts.push(warning(problem));
    if (!canKeep()) {
      parts.push(warning(isSecureContext
        ? "This window cannot keep cases: it is a private one, or its settings forbid it. Assess with "
          + "a network, or open an ordinary window."
        : "This address is not secure (https), so browsers keep nothing for it. Ask whoever runs "
          + "Plumbline here."));
    } else {
      parts.push(...this.promises(isTaken));
      parts.push(make("div", { class: "away__actions" },
        button(isTaken ? "Bring them up to date" : "Take my cases with me",
          () => this.take(), true),
        isTaken ? button("Remove them from this device", () => this.removeAll()) : null));
    }
    this.taking.replaceChildren(...parts);
  }

  promises(isTaken) {
    const parts = [paragraph(
      "The forms, the guidance and what you answered are stored in this browser, so that you can go on "
      + "without a network. They hold no names and no dates of birth. "
      + `Signing out, or ${DAYS} days without a network, removes what is in the record; what was not `
      + "sent stays until you send or remove it.")];
    if (this.promise === "unknown" || this.promise === "impossible") {
      parts.push(paragraph(
        make("strong", {}, "A private window cannot keep your work"), ": everything in it is lost when "
        + "it is closed, and browsers do not let us see whether this is one (incognito). If it is, use "
        + "an ordinary window."));
    }
    if (this.promise !== "promised" && (isTaken || this.wasAsked)) {
      parts.push(paragraph(
        "The browser did not promise to keep what is stored when its disk runs full. Send what "
        + "waits whenever you have a network."));
    }
    if (this.promise === "promised") {
      parts.push(paragraph("The browser promised to keep what is stored."));
    }
    if (this.space && this.space.free < LITTLE_ROOM) {
      parts.push(warning(
        `There is little room left for this site (${Math.max(0, this.space.free >> 20)} MB). Free `
        + "some space before you go."));
    }
    if (isTaken) {
      const times = [...this.copies.values()].map(copy => copy.storedAt);
      const all = this.list.cases.length;
      const here = this.list.cases.filter(one => this.copies.has(one.address)).length;
      const stored = here === all ? count(all, "case") : `${here} of ${count(all, "case")}`;
      parts.push(paragraph(make("strong", {}, `${stored} on this device, stored `
        + `${moment(Math.min(...times))}.`)));
    }
    return parts;
  }

  async take() {
    this.isTaking = true;
    const bar = make("progress", { max: "1", value: "0", "aria-labelledby": "taking-text" });
    const text = make("p", { class: "govuk-body", id: "taking-text", role: "status" },
      "Storing your cases …");
    this.taking.replaceChildren(text, bar);
    let problem = null;
    try {
      this.promise = await lasting({ ask: true });
      this.wasAsked = true;
      const list = await this.queue.contact();
      if (list) {
        await takeAlong(this.queue, list, (done, of) => {
          bar.max = of;
          bar.value = done;
        });
      } else {
        problem = {
          "signed-out": "You are signed out: sign in first.",
          "somebody-else": "Somebody else is signed in.",
          "not-allowed": "You do not assess cases of this inspection any more.",
        }[this.queue.trouble] ?? "There is no network: nothing new was stored.";
      }
    } catch (error) {
      problem = error?.name === "QuotaExceededError"
        ? "This device has no room left: not all cases are stored. Free some space and try again."
        : "Not all cases were stored: the network or the browser failed. Try again.";
    }
    this.isTaking = false;
    await this.showStored();
    this.showTaking(problem);
    if (problem === null) {
      const done = make("p", { class: "govuk-inset-text", role: "status", tabindex: "-1" },
        `${count(this.list.cases.length, "case")} stored. You can go.`);
      this.taking.prepend(done);
      done.focus();
    } else {
      this.taking.querySelector("button")?.focus();
    }
  }

  async removeAll() {
    await remove(account => account === this.owner.account);
    await this.queue.load();
    await this.showStored();
    this.taking.querySelector("button")?.focus();
    // That nothing is held here any more.
    await this.queue.contact();
  }

  // --- Cases

  showCases() {
    if (!this.list) {
      this.cases.replaceChildren();
      return;
    }
    const head = ["Case", "CRN", "Office", "Risk", "Answered", "On this device"];
    const rows = this.list.cases.map(one => {
      const copy = this.copies.get(one.address);
      const title = one.assessment === "second" ? `${one.number} (second)` : `${one.number}`;
      const waiting = this.queue.waiting.filter(
        entry => addressOf(this.owner.inspection, entry.subject) === one.address).length;
      // The server knows best, but of what it was not sent.
      const { answered, put } = waiting > 0 && this.progress.get(one.address) || one;
      const differ = one.conflicts > 0
        ? [", ", link(`${one.conflicts} to choose between`, `${one.address}/conflicts`)] : [];
      const cells = [
        link(`Case ${title}`, one.address), one.crn, one.office, one.risk,
        make("span", {}, `${answered} of ${put}${waiting > 0 ? `, ${waiting} waiting` : ""}`,
          ...differ),
        copy ? `since ${moment(copy.storedAt)}` : "no",
      ];
      return make("tr", { class: "govuk-table__row" }, ...cells.map((cell, place) =>
        make("td", { class: "govuk-table__cell", "data-label": head[place] },
          make("span", { class: "stacked__value" }, cell))));
    });
    this.cases.replaceChildren(make("table", { class: "govuk-table stacked" },
      make("caption", { class: "govuk-table__caption govuk-table__caption--m" },
        count(this.list.cases.length, "case")),
      make("thead", { class: "govuk-table__head" }, make("tr", { class: "govuk-table__row" },
        ...head.map(text => make("th", { scope: "col", class: "govuk-table__header" }, text)))),
      make("tbody", { class: "govuk-table__body" }, ...rows)));
  }

  // --- What waits

  showWaiting() {
    const entries = [...this.queue.refused, ...this.queue.waiting];
    // Somebody who writes a reason is not disturbed.
    if (this.waiting.contains(document.activeElement) && this.removing.size > 0) return;
    const title = make("h2", { class: "govuk-heading-m" }, entries.length === 0
      ? "Nothing waits to be sent" : `${count(entries.length, "answer")} not in the record yet`);
    const contact = this.queue.syncedAt ? moment(this.queue.syncedAt) : "none yet";
    this.waiting.replaceChildren(
      title, paragraph(`Last contact with the record: ${contact}.`),
      ...entries.map(entry => this.card(entry)));
    if (this.list) this.showCases();
  }

  card(entry) {
    const state = entry.why !== null
      ? `The record did not take it: ${entry.why}.`
      : entry.attempted
        ? "Handed over, and no answer came: it may be in the record. Sending it again is harmless."
        : "Not sent yet.";
    const isDropping = entry.event === "answer-dropped";
    return make("div", { class: "govuk-summary-card", "data-entry": entry.id },
      make("div", { class: "govuk-summary-card__title-wrapper" },
        make("h3", { class: "govuk-summary-card__title" }, titleOf(entry)),
        make("span", { class: "quiet" }, moment(entry.madeAt))),
      make("div", { class: "govuk-summary-card__content" },
        make("ul", { class: "govuk-list typed" }, ...inWords(entry).map(text => make("li", {}, text))),
        make("p", { class: "govuk-body quiet" }, state),
        this.removing.has(entry.id) ? this.removal(entry) : make("div", { class: "away__actions" },
          button("Send now", () => entry.why === null ? this.queue.send() : this.queue.retry(entry.id)),
          isDropping ? null : button("Remove …", () => {
            this.removing.add(entry.id);
            this.redraw();
            document.getElementById(`why-${entry.id}`)?.focus();
          }))));
  }

  /** Draws what waits anew, also while somebody is in it. */
  redraw() {
    document.activeElement?.blur();
    const entries = [...this.queue.refused, ...this.queue.waiting];
    for (const entry of entries) {
      this.waiting.querySelector(`[data-entry="${entry.id}"]`)?.replaceWith(this.card(entry));
    }
    if (this.removing.size === 0) this.showWaiting();
  }

  /** Asks for the reason: nothing that was not sent is removed without its author's word. */
  removal(entry) {
    const id = `why-${entry.id}`;
    const area = make("textarea", { class: "govuk-textarea", id, rows: "2", maxlength: "1000" });
    const mistake = make("p", { class: "govuk-error-message", id: `${id}-mistake`, hidden: true },
      make("span", { class: "govuk-visually-hidden" }, "Error: "), "Say why it is to be removed");
    const finish = () => {
      this.removing.delete(entry.id);
      this.redraw();
      this.waiting.focus();
    };
    return make("div", { class: "govuk-form-group" },
      make("label", { class: "govuk-label", for: id }, "Why is it to be removed? "
        + "The reason, and what it says, go to the record in its place."),
      entry.attempted ? paragraph(
        "If it is in the record already, it stays there: then change the answer instead.") : null,
      mistake, area,
      make("div", { class: "away__actions" },
        button("Remove this answer", async () => {
          const reason = area.value.trim();
          if (reason === "") {
            mistake.hidden = false;
            area.setAttribute("aria-describedby", mistake.id);
            area.classList.add("govuk-textarea--error");
            area.focus();
            return;
          }
          // It may have got into the record while the reason was written.
          const isRemoved = await this.queue.drop(entry.id, reason);
          const isThere = one => one.id === entry.id && one.sequence !== null;
          if (!isRemoved && this.queue.entries.some(isThere)) this.tellOfArrival();
          finish();
          this.queue.send();
        }),
        button("Keep it", finish)));
  }

  tellOfArrival() {
    this.waiting.before(make("p", { class: "govuk-inset-text", role: "status" },
      "An answer that you removed here had arrived before: it is in the record, and counts. Change "
      + "it on the page of its case."));
  }

  async showOthers() {
    const { account } = this.owner;
    const waiting = await waitingOfOthers(account).catch(() => 0)
      + await typedOfOthers(account).catch(() => 0);
    this.others.replaceChildren(...waiting === 0 ? [] : [make("p", { class: "govuk-inset-text" },
      `${count(waiting, "answer")} of somebody else not sent yet: kept on this device until they sign `
      + "in here again. You cannot see them.")]);
  }
}

const place = document.getElementById("away");
if (place) new Away(place).start();
