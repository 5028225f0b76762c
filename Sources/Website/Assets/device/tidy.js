// After signing out: takes from this browser what is in the record, and leaves what is not.

import { remove } from "./keep.js";
import { waitingOfOthers } from "./queue.js";
import { count } from "./status.js";
import { typedOfOthers } from "./typed.js";

const place = document.getElementById("tidied");

async function tidy() {
  const pages = await remove(() => true);
  const waiting = await waitingOfOthers(null) + await typedOfOthers(null);
  const said = [];
  if (pages > 0) {
    const verb = pages === 1 ? "was" : "were";
    said.push(`${count(pages, "case")} that lay on this device ${verb} removed.`);
  }
  if (waiting > 0) {
    said.push(
      `${count(waiting, "answer")} not sent yet: kept on this device until whoever wrote them signs `
      + "in here again, and sends or removes them.");
  }
  for (const text of said) {
    const line = document.createElement("p");
    line.className = "govuk-inset-text";
    line.textContent = text;
    place.append(line);
  }
}

tidy().catch(error => console.warn("plumbline: not tidied", error?.name));
