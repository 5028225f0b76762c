// What was typed in the moment before a page was left. A page that ends may wait for nothing: the
// database would come too late, and nobody is to be asked whether they want to lose a word.

import { overlay } from "./answers.js";

const PREFIX = "plumbline typed ";

/** What was noted under a key; by older pages, one part. */
const noted = key => [JSON.parse(localStorage.getItem(key)) ?? []].flat();

/**
 * Notes fields of a question at once.
 *
 * @param parts Fields, with the revision that they are said over.
 */
export function keepTyped({ account, inspection }, subject, parts) {
  try {
    const key = `${PREFIX}${account} ${inspection} ${subject}`;
    localStorage.setItem(key, JSON.stringify([...noted(key), ...parts]));
  } catch { /* There is no room: the page asks before it is left. */ }
}

/** Hands what was noted to the queue. */
export async function sayTyped(queue) {
  const start = `${PREFIX}${queue.account} ${queue.inspection} `;
  for (const key of Object.keys(localStorage).filter(key => key.startsWith(start))) {
    const subject = key.slice(start.length);
    for (const { over, fields } of noted(key)) {
      // The database may have been fast enough.
      const said = overlay({}, queue.about(subject), -1);
      const unsaid = Object.entries(fields).filter(([field, value]) => said[field] !== value);
      if (unsaid.length > 0) await queue.say(subject, over, Object.fromEntries(unsaid));
    }
    localStorage.removeItem(key);
  }
}
