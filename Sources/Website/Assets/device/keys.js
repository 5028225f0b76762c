// Assessing with the keyboard alone.

const OFF = "plumbline-keys-off";

const KEYS = [
  ["1", "Yes, sufficient"], ["2", "No, insufficient"], ["3", "Not applicable"],
  ["0", "Take the answer back"], ["↓ or j", "Next prompt or question"],
  ["↑ or k", "Prompt or question before"], ["← →", "Choose within a prompt"],
  ["n", "Notes of this question"], ["Esc", "From the notes back to the answer"],
  ["?", "Show these keys"],
];

const isWriting = element =>
  element.matches?.("textarea, select, input:not([type=radio], [type=checkbox])") ?? false;

function choose(group, key) {
  const radios = [...group.querySelectorAll("input[type=radio]:not(:disabled)")];
  const said = radios.filter(radio => radio.value !== "");
  const radio = key === "0" ? radios.find(one => one.value === "") : said[Number(key) - 1];
  if (!radio) return;
  radio.focus();
  if (radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

function enter(group) {
  const radios = [...group.querySelectorAll("input[type=radio]:not(:disabled)")];
  (radios.find(radio => radio.checked) ?? radios[0])?.focus();
  group.scrollIntoView({ block: "nearest" });
}

function move(form, step) {
  const groups = [...form.querySelectorAll("[role=radiogroup]")].filter(
    group => group.checkVisibility());
  const now = document.activeElement;
  const inside = groups.findIndex(group => group.contains(now));
  if (inside >= 0) {
    const next = groups[inside + step];
    if (next) enter(next);
    return;
  }
  const following = groups.findIndex(
    group => now.compareDocumentPosition(group) & Node.DOCUMENT_POSITION_FOLLOWING);
  const place = following < 0 ? groups.length : following;
  const isOutside = !form.contains(now);
  const next = isOutside ? groups[0] : groups[step > 0 ? place : place - 1];
  if (next) enter(next);
}

/** Does what a key says, and tells whether it says anything. */
function press(form, event, show) {
  const { key, target } = event;
  const group = target.closest?.("[role=radiogroup]");
  // Where nothing has the focus, arrows go to the first question.
  const moves = group || target === document.body;
  const question = target.closest?.("[data-place]");
  if (key === "Escape" && target.matches("textarea") && question) {
    const main = question.querySelector(".choice--main");
    if (main) enter(main);
    return main !== null;
  }
  if (isWriting(target)) return false;
  if (group && /^[0-3]$/.test(key)) choose(group, key);
  else if (moves && key === "ArrowDown" || key === "j") move(form, 1);
  else if (moves && key === "ArrowUp" || key === "k") move(form, -1);
  else if (key === "n" && question) question.querySelector("textarea[name$=':note']")?.focus();
  else if (key === "?") show();
  else return false;
  return true;
}

function dialog() {
  const box = document.createElement("dialog");
  box.className = "keys";
  box.setAttribute("aria-labelledby", "keys-title");
  box.innerHTML = `<h2 class="govuk-heading-m" id="keys-title">Keys</h2>
    <table class="govuk-table"><caption class="govuk-visually-hidden">Keys and what they do</caption>
    <thead class="govuk-visually-hidden"><tr><th scope="col">Key</th><th scope="col">Does</th></tr>
    </thead><tbody></tbody></table>
    <label class="keys__off"><input type="checkbox" id="keys-on"> <span>Use these keys in this
    browser</span></label>
    <button type="button" class="govuk-button" autofocus>Close</button>`;
  for (const [key, meaning] of KEYS) {
    const row = box.querySelector("tbody").insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.className = "govuk-table__header";
    head.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    row.append(head);
    const cell = row.insertCell();
    cell.className = "govuk-table__cell";
    cell.textContent = meaning;
  }
  box.querySelector("button").addEventListener("click", () => box.close());
  document.body.append(box);
  return box;
}

/**
 * Lets keys answer and move in a form. A key alone does nothing while somebody writes, and all of
 * them can be turned off for those whose software speaks in single letters.
 *
 * @param bar Where the button that shows them goes.
 */
export function keysOf(form, bar) {
  const box = dialog();
  const isOn = box.querySelector("#keys-on");
  isOn.checked = localStorage.getItem(OFF) === null;
  isOn.addEventListener("change", () => {
    if (isOn.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "");
  });
  const show = () => { if (!box.open) box.showModal(); };
  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "keys__show", textContent: "Keys",
  });
  button.addEventListener("click", show);
  bar.after(button);
  document.addEventListener("keydown", event => {
    const isChord = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (isChord || event.defaultPrevented || box.open || !isOn.checked) return;
    if (press(form, event, show)) event.preventDefault();
  });
}
