// What was typed in the moment before a page was left. A page that ends may wait for nothing: the
// database would come too late, and nobody is to be asked whether they want to lose a word.

import { overlay } from "./answers.js";

const PREFIX = "plumbline typed ";

/** Notes fields of a question at once. */
export function keepTyped({ account, inspection }, subject, over, fields) {
  try {
    localStorage.setItem(
      `${PREFIX}${account} ${inspection} ${subject}`, JSON.stringify({ over, fields }));
  } catch { /* There is no room: the page asks before it is left. */ }
}

/** Hands what was noted to the queue. */
export async function sayTyped(queue) {
  const start = `${PREFIX}${queue.account} ${queue.inspection} `;
  for (const key of Object.keys(localStorage).filter(key => key.startsWith(start))) {
    const subject = key.slice(start.length);
    const { over, fields } = JSON.parse(localStorage.getItem(key));
    // The database may have been fast enough.
    const said = overlay({}, queue.about(subject), -1);
    const unsaid = Object.entries(fields).filter(([field, value]) => said[field] !== value);
    if (unsaid.length > 0) await queue.say(subject, over, Object.fromEntries(unsaid));
    localStorage.removeItem(key);
  }
}
