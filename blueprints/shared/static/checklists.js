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
document.addEventListener("htmx:after:swap", () => showAskedBelow(document));
showAskedBelow(document);
