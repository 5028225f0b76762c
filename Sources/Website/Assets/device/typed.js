// What was typed in the moment before a page was left. A page that ends may wait for nothing: the
// database would come too late, and nobody is to be asked whether they want to lose a word.

import { overlay } from "./answers.js";
import { asked, within } from "./shelf.js";

const PREFIX = "plumbline typed ";

/** What was noted under a key; by older pages, one part. */
const noted = key => [JSON.parse(localStorage.getItem(key)) ?? []].flat();

/**
 * Notes fields of a question at once.
 *
 * @param parts Fields, with the revision that they are said over and the ids of the entries that
 *   were seen.
 */
export function keepTyped({ account, inspection }, subject, parts) {
  try {
    const key = `${PREFIX}${account} ${inspection} ${subject}`;
    localStorage.setItem(key, JSON.stringify([...noted(key), ...parts]));
  } catch { /* There is no room: the page asks before it is left. */ }
}

const keysFrom = start => Object.keys(localStorage).filter(key => key.startsWith(start));

/** Of some fields those that no entry holds: the database may have been fast enough. */
function unsaidOf(fields, entries) {
  const said = overlay({}, entries, -1);
  return Object.entries(fields).filter(([field, value]) => said[field] !== value);
}

/** On how many questions something is noted of other people that is in no entry. */
export async function typedOfOthers(account) {
  const rows = await within("readonly", store => asked(store("entries").getAll()));
  return keysFrom(PREFIX).filter(key => {
    const [owner, inspection, subject] = key.slice(PREFIX.length).split(" ");
    const own = rows.filter(row =>
      row.account === owner && row.inspection === inspection && row.subject === subject);
    return owner !== account && noted(key).some(({ fields }) => unsaidOf(fields, own).length > 0);
  }).length;
}

/** Hands what was noted to the queue. */
export async function sayTyped(queue) {
  const start = `${PREFIX}${queue.account} ${queue.inspection} `;
  for (const key of keysFrom(start)) {
    const subject = key.slice(start.length);
    const parts = noted(key);
    for (const { over, fields, seen } of parts) {
      const unsaid = unsaidOf(fields, queue.about(subject));
      if (unsaid.length === 0) continue;
      await queue.say(subject, over, Object.fromEntries(unsaid), seen ? new Set(seen) : null);
    }
    // Another page may have noted something meanwhile.
    const said = new Set(parts.map(part => JSON.stringify(part)));
    const rest = noted(key).filter(part => !said.has(JSON.stringify(part)));
    if (rest.length > 0) localStorage.setItem(key, JSON.stringify(rest));
    else localStorage.removeItem(key);
  }
}
