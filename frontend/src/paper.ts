/** Buttons that print the page, and that copy a text to be pasted elsewhere. */

export function watchPaper(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest<HTMLElement>("[data-prints], [data-copies]");
    if (!button) return;
    if (button.dataset.copies === undefined) window.print();
    else copy(button, button.dataset.copies);
  });
}

/** Copies what stands in an area and says so on the button. */
function copy(button: HTMLElement, id: string): void {
  const area = document.getElementById(id);
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.focus();
  area.select();
  // The clipboard's own interface is closed to pages without https, as most office networks serve them.
  if (document.execCommand("copy") && button.dataset.done) button.textContent = button.dataset.done;
}
