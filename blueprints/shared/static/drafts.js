// Keeps what is typed for an item on the server, and saves the item once the person has gone on to something else.
// Needs app.js (renewTokens). A form says where its drafts go (data-draft) and whether it saves by itself (data-by-itself).
"use strict";

const AFTER_TYPING = 1000;
const TRY_AGAIN = [2000, 5000, 10000, 30000];
const typing = new WeakMap();

function draftOf(form) {
  if (!typing.has(form)) {
    typing.set(form, { version: Number(form.dataset.draftVersion), timer: 0, tries: 0, changed: false, kept: true, sending: null, over: false });
  }
  return typing.get(form);
}

function tell(form, text, failed) {
  const line = form.querySelector(".item__draft");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("item__draft--failed", failed);
}

function keepLater(form, wait) {
  const draft = draftOf(form);
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => keep(form), wait);
}

function tryAgain(form, why) {
  const draft = draftOf(form);
  const wait = TRY_AGAIN[Math.min(draft.tries++, TRY_AGAIN.length - 1)];
  tell(form, `Nicht gesichert: ${why} Neuer Versuch in ${wait / 1000} Sekunden.`, true);
  keepLater(form, wait);
}

async function keep(form) {
  const draft = draftOf(form);
  if (draft.over || !form.isConnected) return;
  if (draft.sending) return keepLater(form, AFTER_TYPING); // one copy after the other
  const body = new URLSearchParams(new FormData(form));
  body.set("draft-version", draft.version);
  draft.sending = new AbortController();
  draft.kept = true; // of what stands there now; typing on makes it false again
  try {
    const response = await fetch(form.dataset.draft, {
      method: "POST", body, signal: draft.sending.signal, headers: { "HX-Request": "true", "HX-Request-Type": "partial" },
    });
    draft.sending = null;
    await answered(form, draft, response);
  } catch (error) {
    draft.sending = null;
    if (error.name === "AbortError") return;
    draft.kept = false;
    tryAgain(form, "Der Server antwortet nicht.");
  }
}

async function answered(form, draft, response) {
  if (response.ok) {
    const kept = await response.json();
    draft.version = kept.version;
    draft.tries = 0;
    tell(form, `Entwurf gesichert ${kept.at} Uhr`, false);
    return;
  }
  draft.kept = false;
  const token = response.headers.get("X-Renewed-Token");
  if (token) {
    renewTokens(token);
    keepLater(form, 0);
  } else if (response.status === 401) {
    await askToLogIn(response);
    tryAgain(form, "Die Anmeldung ist abgelaufen.");
  } else if (response.status === 409) {
    draft.over = true;
    tell(form, "Sie haben diesen Punkt auch in einem anderen Fenster offen. Hier wird kein Entwurf gesichert; „Speichern“ zeigt beide Angaben.", true);
  } else if (response.status < 500) {
    draft.over = true;
    tell(form, "Hier kann kein Entwurf gesichert werden. Ihre Eingabe steht noch hier.", true);
  } else {
    tryAgain(form, "Der Server antwortet nicht richtig.");
  }
}

async function askToLogIn(response) {
  const place = document.getElementById("app-dialog");
  if (document.getElementById("login-dialog")) return;
  place.innerHTML = await response.text();
  htmx.process(place);
  document.dispatchEvent(new CustomEvent("htmx:after:swap")); // app.js opens the dialog
}

// Saving or leaving ends the draft: a copy still under way must not come after it.
function stop(form) {
  const draft = draftOf(form);
  clearTimeout(draft.timer);
  if (draft.sending) draft.sending.abort();
  draft.changed = false;
  draft.kept = true;
}

function saveByItself(form) {
  const draft = draftOf(form);
  if (!draft.changed || !form.isConnected || document.querySelector("dialog:modal")) return;
  if (!document.hasFocus() || form.contains(document.activeElement)) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "by-itself", value: "1" }));
  form.requestSubmit();
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  Object.assign(draftOf(form), { changed: true, kept: false });
  keepLater(form, AFTER_TYPING);
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest("form[data-by-itself]");
  // Still in the form, or on a button that is at work and lost the focus: nobody went on to something else.
  if (!form || form.contains(event.relatedTarget) || event.target.disabled) return;
  setTimeout(() => saveByItself(form), 200);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-draft]")) stop(event.target);
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("form[data-draft] [type=submit]");
  if (!button) return;
  button.form.querySelector("[name=by-itself]")?.remove(); // now the person saves
  stop(button.form);
}, true);

// A refused form comes back with what was typed, which no copy holds yet: another answer may redraw the list.
document.addEventListener("htmx:after:swap", () => {
  for (const form of document.querySelectorAll("form[data-draft]:has(.app-summary)")) {
    if (typing.has(form)) continue;
    Object.assign(draftOf(form), { changed: true, kept: false });
    keepLater(form, 0);
  }
});

// The form still stands there: it was not saved, so its text is kept again.
document.addEventListener("htmx:error", (event) => {
  const form = event.detail.ctx?.sourceElement?.closest("form[data-draft]");
  if (!form) return;
  Object.assign(draftOf(form), { changed: true, kept: false });
  tryAgain(form, "Der Server antwortet nicht.");
});

window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-draft]")].some((form) => typing.has(form) && !draftOf(form).kept);
  if (open) event.preventDefault();
});
