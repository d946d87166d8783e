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
// first item that the head of the list still asks for, or leaves. A page that is loaded anew decides it again.
function goOnFromAnswered() {
  const step = document.getElementById("next-step");
  const named = step?.hash?.startsWith("#punkt-") && document.getElementById(step.hash.slice(1));
  if (!named?.classList.contains("item--done")) return;
  const gaps = [...document.querySelectorAll("#liste-fehlt a")];
  const asked = gaps.find((gap) => document.getElementById(gap.hash.slice(1)));
  step.hidden = !asked;
  if (!asked) return;
  const label = step.querySelector(".kern-label");
  const name = document.getElementById(`${asked.hash.slice(1)}-name`);
  label.textContent = `${label.textContent.split(": ")[0]}: ${name.textContent}`;
  step.hash = asked.hash;
}

document.addEventListener("htmx:after:swap", () => {
  showAskedBelow(document);
  goOnFromAnswered();
});
showAskedBelow(document);
