// Whether everything is saved, in a line that is always true.

import { addressOf } from "./answers.js";

/** A time as people here write it: `14:02`, and the day where it is another one. */
export function moment(milliseconds, now = Date.now()) {
  const date = new Date(milliseconds);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${time} on ${date.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
}

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/**
 * How saving stands.
 *
 * @param isTyped Whether something stands on the page that is not stored yet.
 * @returns Its kind, which people with a screen reader are told when it changes; the sentence; and
 *   the addresses of links.
 */
export function standing(queue, isTyped = false) {
  const waiting = queue.waiting.length;
  const loose = queue.loose.length;
  if (loose > 0) {
    return {
      kind: "not-saved",
      text: `Not saved on this device: it could not store ${count(loose, "answer")}. Keep this page `
        + "open until they are sent; free some space if it stays.",
    };
  }
  if (isTyped) return { kind: "saving", text: "Saving …" };
  const refused = queue.refused.length;
  if (refused > 0) {
    return {
      kind: "refused", link: "queue",
      text: `Saved on this device. ${count(refused, "answer")} the record did not take`,
    };
  }
  if (waiting === 0) {
    if (queue.differing.size > 0) {
      return {
        kind: "differs", link: "conflicts",
        text: `Saved in the record. ${count(queue.differing.size, "question")} answered otherwise `
          + "elsewhere",
      };
    }
    if (!navigator.onLine) {
      return { kind: "away", text: "No network. What you enter is saved on this device." };
    }
    const at = queue.syncedAt ? ` at ${moment(queue.syncedAt)}` : "";
    return {
      kind: "saved",
      text: at ? `All saved in the record${at}` : "What you enter is saved as you go",
    };
  }
  const sent = `${waiting} waiting to be sent`;
  switch (queue.trouble) {
    case "no-network":
      return { kind: "away", text: `No network: saved on this device, ${sent}` };
    case "signed-out":
      return {
        kind: "signed-out", link: "sign-in",
        text: `You are signed out: saved on this device, ${sent}`,
      };
    case "somebody-else":
      return {
        kind: "somebody-else",
        text: `Somebody else is signed in: saved on this device, ${sent} when whoever wrote them `
          + "signs in",
      };
    case "not-allowed":
      return {
        kind: "not-allowed",
        text: `Saved on this device, ${sent}. The server does not take them from you: ask the lead `
          + "inspector",
      };
    case "refusing":
      return {
        kind: "refusing",
        text: `Saved on this device, ${sent}. The server did not take them: it is tried again`,
      };
    case "full":
      return {
        kind: "full",
        text: `Saved on this device, ${sent}. The device is full: free some space, and it goes on`,
      };
    default:
      return { kind: "sending", text: `Saved on this device, ${sent}` };
  }
}

/** Shows how saving stands in a place on a page. */
export class StatusLine {
  #kind = null;

  constructor(place, queue) {
    this.queue = queue;
    place.removeAttribute("role");
    this.text = document.createElement("span");
    this.text.className = "device-status__text";
    this.link = document.createElement("a");
    this.link.className = "govuk-link";
    this.button = document.createElement("button");
    Object.assign(this.button, {
      type: "button", textContent: "Send now",
      className: "govuk-button govuk-button--secondary small-button",
    });
    this.button.addEventListener("click", () => queue.send());
    // Told aloud when something changes for whoever types, and not with every answer.
    this.aloud = document.createElement("span");
    this.aloud.className = "govuk-visually-hidden";
    this.aloud.setAttribute("role", "status");
    this.place = place;
    place.replaceChildren(this.text, " ", this.link, " ", this.button, this.aloud);
    place.hidden = false;
  }

  show(isTyped) {
    const now = standing(this.queue, isTyped);
    if (this.text.textContent !== now.text) this.text.textContent = now.text;
    this.place.dataset.kind = now.kind;
    this.link.hidden = !now.link;
    if (now.link === "sign-in") {
      this.link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      this.link.textContent = "Sign in and it goes on";
    } else if (now.link === "queue") {
      this.link.href = `/fieldwork/${this.queue.inspection}/device#queue`;
      this.link.textContent = "See why";
    } else if (now.link === "conflicts") {
      this.link.href = `${addressOf(this.queue.inspection, [...this.queue.differing][0])}/conflicts`;
      this.link.textContent = "Choose what holds";
    }
    this.button.hidden = this.queue.waiting.length === 0 || this.queue.isSending;
    const quiet = ["saving", "sending"];
    if (!quiet.includes(now.kind) && now.kind !== this.#kind) {
      if (this.#kind !== null || now.kind !== "saved") this.aloud.textContent = now.text;
      this.#kind = now.kind;
    }
  }
}

/** The longest and the shortest time between two tries to send, in milliseconds. */
const [SHORTEST, LONGEST] = [1_000, 20_000];

/** Sends what waits whenever there may be a network again. */
export function keepSending(queue) {
  let [pause, timer] = [SHORTEST, null];
  const tryAgain = async () => {
    clearTimeout(timer);
    if (queue.waiting.length > 0) await queue.send();
    pause = queue.trouble === null ? SHORTEST : Math.min(2 * pause, LONGEST);
    clearTimeout(timer);
    timer = setTimeout(tryAgain, queue.waiting.length > 0 ? pause : LONGEST);
  };
  const soon = () => {
    pause = SHORTEST;
    tryAgain();
  };
  addEventListener("online", soon);
  addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  tryAgain();
}
