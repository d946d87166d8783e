// What plain HTML and htmx cannot do: the login dialog that keeps typed text, visible failures, copying a field.
"use strict";

let waiting = null; // the form or element whose request met an ended login
let pressed = ""; // id of the control that had the focus when a request began

function say(title, text) {
  const box = document.getElementById("app-message");
  box.innerHTML = '<div class="kern-alert kern-alert--danger app-alert" role="alert"><div class="kern-alert__header">' +
    '<span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-title"></span></div>' +
    '<div class="kern-alert__body"><p class="kern-body"></p></div></div>';
  box.querySelector(".kern-title").textContent = title;
  box.querySelector(".kern-body").textContent = text;
  box.scrollIntoView({ block: "nearest" });
}

function renewTokens(token) {
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
}

function sendAgain() {
  const element = waiting;
  waiting = null;
  if (!element || !element.isConnected) return;
  if (element.requestSubmit) element.requestSubmit();
  else element.click();
}

document.addEventListener("htmx:before:request", () => {
  pressed = document.activeElement?.id || pressed;
  document.getElementById("app-message").replaceChildren();
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status >= 500 && !ctx.response.headers.get("HX-Retarget")) { // not our page: it must replace nothing
    event.preventDefault();
    say("Das hat nicht geklappt", "Der Server antwortet nicht richtig. Ihre Eingabe steht noch hier; versuchen Sie es noch einmal.");
    return;
  }
  const token = ctx.response.headers.get("X-Renewed-Token");
  if (ctx.response.status === 401) waiting = waiting || ctx.sourceElement.closest("form") || ctx.sourceElement;
  if (!token) return;
  renewTokens(token);
  if (ctx.response.status === 204) {
    document.getElementById("login-dialog")?.close(); // gives the focus back to where somebody was typing
    document.getElementById("app-dialog").replaceChildren();
    setTimeout(sendAgain, 0);
  } else if (ctx.response.status === 400) {
    waiting = ctx.sourceElement.closest("form") || ctx.sourceElement;
    setTimeout(sendAgain, 50);
  }
});

document.addEventListener("htmx:after:swap", () => {
  // A button that is disabled while it works loses the focus for good; who went on to something else keeps it there.
  if (pressed && document.activeElement === document.body) document.getElementById(pressed)?.focus({ preventScroll: true });
  pressed = "";
  const dialog = document.getElementById("login-dialog");
  if (dialog && !dialog.matches(":modal")) {
    dialog.close();
    dialog.showModal();
    dialog.querySelector("input:not([type=hidden])").focus();
  }
});

document.addEventListener("htmx:error", () => {
  say("Keine Verbindung", "Ihre Eingabe steht noch hier. Bitte prüfen Sie das Netz und speichern Sie noch einmal.");
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.getElementById("app-status").textContent = button.dataset.copied;
});
