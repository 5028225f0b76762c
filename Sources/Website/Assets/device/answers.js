// What answers say: in entries, in fields of the form, in words. Nothing here rates anything.

/** The question in whose place the conditions of a case stand. */
const CONDITIONS = "conditions";

const WORDS = {
  sufficient: "Sufficient", insufficient: "Insufficient", "not-applicable": "Not applicable",
  yes: "Yes", no: "No",
};

/** The parts of `answer/17/2.1.3`. */
export function placeOf(subject) {
  const [assessment, number, question] = subject.split("/");
  return { assessment, number: Number(number), question };
}

/** The address of the page of a case that an entry is about. */
export function addressOf(inspection, subject) {
  const { assessment, number } = placeOf(subject);
  return {
    answer: `/fieldwork/${inspection}/cases/${number}/assess`,
    second: `/fieldwork/${inspection}/seconds/${number}`,
    calibration: `/fieldwork/${inspection}/calibrations/${number}`,
  }[assessment];
}

function rank(field) {
  if (field === "answer") return 0;
  if (/^p\d+$/.test(field)) return Number(field.slice(1));
  return 1_000 + ["note", "reason", "evidence"].indexOf(field);
}

const isText = field => field === "note" || field === "reason";

function valueOf(field, text, isCondition) {
  if (isCondition) return text === "" ? null : text === "yes";
  if (isText(field)) return text !== "";
  if (field === "evidence") return text === "" ? [] : text.split(",").map(Number);
  return text === "" ? null : text;
}

/**
 * The values and the sealed texts of an entry, from fields as the form has them.
 *
 * @param fields Of one question: `{"answer": "sufficient", "p1": "", "note": "Seen."}`.
 * @param replaces The ids of entries that its author saw and that the page does not hold.
 */
export function content(subject, fields, replaces = []) {
  const isCondition = placeOf(subject).question === CONDITIONS;
  const names = Object.keys(fields).sort((one, other) =>
    isCondition ? (one < other ? -1 : 1) : rank(one) - rank(other));
  const values = {};
  const sealed = {};
  for (const name of names) {
    values[name] = valueOf(name, fields[name], isCondition);
    if (!isCondition && isText(name) && fields[name] !== "") sealed[name] = fields[name];
  }
  if (replaces.length > 0) values.replaces = replaces;
  return { values, sealed: Object.keys(sealed).length > 0 ? sealed : null };
}

/** The fields of an entry as the form has them: {@link content} the other way round. */
export function fieldsOf(entry) {
  const isCondition = placeOf(entry.subject).question === CONDITIONS;
  const fields = {};
  for (const [name, value] of Object.entries(entry.values)) {
    if (!isCondition && name === "replaces") continue;
    if (isCondition && Array.isArray(value)) continue;
    if (isCondition) fields[name] = value === null ? "" : value ? "yes" : "no";
    else if (isText(name)) fields[name] = value ? entry.sealed?.[name] ?? "" : "";
    else if (name === "evidence") fields[name] = value.join(",");
    else fields[name] = value ?? "";
  }
  return fields;
}

/** Whether a page of that revision cannot hold what the entry says. */
export function isAfter(entry, revision) {
  return entry.sequence === null || entry.sequence > revision;
}

/** What holds: what the page shows, with the device's own answers that it cannot hold over it. */
export function overlay(shown, entries, revision) {
  const fields = { ...shown };
  for (const entry of entries) {
    if (entry.event === "answer-given" && isAfter(entry, revision)) {
      Object.assign(fields, fieldsOf(entry));
    }
  }
  return fields;
}

/**
 * The revision that the author of what holds was looking at, by field: an earlier one than the
 * page's where the device's own answers, made before it, hide what it shows.
 */
export function seen(entries, revision) {
  const overs = {};
  for (const entry of entries) {
    if (entry.event !== "answer-given" || !isAfter(entry, revision)) continue;
    for (const field of Object.keys(fieldsOf(entry))) {
      overs[field] = Math.min(entry.over, overs[field] ?? revision);
    }
  }
  return overs;
}

/**
 * Whether an answer goes against its prompts, as `AnswerState.isContradicted` in Sources/Fieldwork
 * has it.
 *
 * @param prompts What is said of each.
 */
export function isContradicted(answer, prompts) {
  const count = word => prompts.filter(prompt => prompt === word).length;
  const [yes, no] = [count("yes"), count("no")];
  const applicable = prompts.length - count("not-applicable");
  if (answer === "sufficient") return no * 2 > applicable;
  if (answer === "insufficient") return yes * 2 > applicable && no === 0;
  return false;
}

/** Whether a question is put, as `Applicability` in Sources/Fieldwork has it. */
export function applicability(condition) {
  if (condition === "yes") return "applies";
  return condition === "no" ? "set-aside" : "not-said";
}

export const word = value => WORDS[value] ?? "";

function quoted(text) {
  return text.length > 200 ? `“${text.slice(0, 200)}…”` : `“${text}”`;
}

/** What an entry says, as a list of sentences. */
export function inWords(entry) {
  if (entry.event === "answer-dropped") {
    return [`An answer was removed before it was sent: ${quoted(entry.sealed?.reason ?? "")}`];
  }
  const isCondition = placeOf(entry.subject).question === CONDITIONS;
  return Object.entries(fieldsOf(entry)).map(([name, text]) => {
    if (isCondition) return `${name.replaceAll("-", " ")}: ${word(text) || "not said"}`;
    if (name === "answer") return `Answer: ${word(text) || "taken back"}`;
    if (name === "note") return text ? `Notes: ${quoted(text)}` : "Notes: nothing";
    if (name === "reason") return text ? `Reason: ${quoted(text)}` : "Reason: nothing";
    if (name === "evidence") return `Evidence: ${text.replaceAll(",", ", ") || "none"}`;
    return `Prompt ${name.slice(1)}: ${word(text) || "not said"}`;
  });
}

/** Which question on which case an entry is about, in words. */
export function titleOf(entry) {
  const { assessment, number, question } = placeOf(entry.subject);
  const what = {
    answer: `Case ${number}`, second: `Case ${number}, second assessment`,
    calibration: `Calibration case ${number}`,
  }[assessment];
  return `${what}, ${question === CONDITIONS ? "which questions are put" : question}`;
}
