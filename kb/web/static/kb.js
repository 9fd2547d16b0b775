// Comfort only: every page works without it.
"use strict";

// Add to the briefing without leaving one's place.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form.kb-take");
  if (!form) return;
  event.preventDefault();
  const reply = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  const said = await reply.json();
  const note = document.createElement("span");
  note.className = "kb-taken";
  note.setAttribute("role", "status");
  note.textContent = said.ok ? `✓ ${said.said}` : said.error;
  form.replaceChildren(note);
  if (said.ok) document.getElementById("kb-count").textContent = said.count;
});

// Copy a citation.
for (const words of document.querySelectorAll(".kb-copy")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kb-small";
  button.textContent = words.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = "✓";
  });
  words.after(button);
}

// A citation mark shows its passage beside the answer, and the page stays where it is.
for (const link of document.querySelectorAll("a.kb-ref")) {
  link.addEventListener("click", (event) => {
    const place = document.querySelector(link.getAttribute("href"));
    if (!place) return;
    event.preventDefault();
    document.querySelector(".kb-shown")?.classList.remove("kb-shown");
    place.classList.add("kb-shown");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  });
}

// The words that are cited stand in the middle of the window.
document.querySelector("[autofocus].kb-cited, article [autofocus]")?.scrollIntoView({ block: "center" });
