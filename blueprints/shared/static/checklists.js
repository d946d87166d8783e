// Shows a field of an item only when the field before it asks for it. Without this script all fields stand there.
"use strict";

function chosenCodes(form, name) {
  const fields = [...form.elements].filter((field) => field.name === name);
  return fields.flatMap((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
  });
}

function showAsked(form) {
  for (const group of form.querySelectorAll("[data-when]")) {
    const codes = group.dataset.in.split(" ");
    group.hidden = !chosenCodes(form, group.dataset.when).some((code) => codes.includes(code));
    group.querySelector(".item__when").hidden = true;
  }
}

function showAskedBelow(root) {
  for (const form of root.querySelectorAll("form.item__form")) showAsked(form);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form.item__form");
  if (form) showAsked(form);
});
// The button of the page names the item to answer next. Once that is answered in the list, the button goes on to the
// first item that the head of the list still asks for, then to the end of the list, or leaves. A page that is loaded anew decides it again.
function goOnFromAnswered() {
  const step = document.getElementById("next-step");
  const named = step?.hash?.startsWith("#punkt-") && document.getElementById(step.hash.slice(1));
  if (!named?.classList.contains("item--done")) return;
  const gaps = [...document.querySelectorAll("#liste-fehlt a")];
  const asked = gaps.find((gap) => document.getElementById(gap.hash.slice(1)));
  const end = document.getElementById("abschliessen-los");
  step.hidden = !asked && !end;
  if (step.hidden) return;
  const label = step.querySelector(".kern-label");
  if (!asked) {
    label.textContent = end.textContent;
    step.hash = "#abschliessen";
    return;
  }
  const name = document.getElementById(`${asked.hash.slice(1)}-name`);
  label.textContent = `${label.textContent.split(": ")[0]}: ${name.textContent}`;
  step.hash = asked.hash;
}

// Who is led to an item wants to answer it: its form opens and its first field has the focus, or the button of its tick.
function openItem(item) {
  const form = item?.querySelector("details.item__answer");
  if (form) form.open = true;
  const first = form?.querySelector("input:not([type=hidden]), select, textarea") || item?.querySelector(".who button");
  if (first) first.focus({ preventScroll: true });
  return Boolean(form || first);
}

function namedItem(hash) {
  return hash.startsWith("#punkt-") ? document.getElementById(hash.slice(1)) : null;
}

document.addEventListener("click", (event) => {
  const guide = event.target.closest("#next-step, #liste-fehlt a");
  const box = event.target.closest(".item__mark:not(.item__mark--tick)");
  const item = guide?.hash ? namedItem(guide.hash) : box?.closest(".item:not(.item--done):not(.item--na)");
  if (item) setTimeout(() => openItem(item) || item.querySelector("a[id^=oeffnen-]")?.click(), 0); // after the jump
});

document.addEventListener("htmx:after:swap", () => {
  showAskedBelow(document);
  goOnFromAnswered();
});
showAskedBelow(document);
addEventListener("load", () => setTimeout(() => openItem(namedItem(location.hash)), 0)); // the jump takes the focus away
