// Copying a section's paragraphs, in the language that is shown.
for (const button of document.querySelectorAll("button[data-copy]")) {
  // Browsers give it to files and to pages that nobody could have changed on their way.
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const parts = document.querySelectorAll(`#${button.dataset.copy} .prose`);
    const shown = [...parts].map((part) => part.innerText.trim());
    await navigator.clipboard.writeText(`${shown.join("\n\n")}\n`);
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 3000);
  });
}
