/** Dialogs: shown over everything, and the focus back where it was when they go. */
export function modal(dialog: HTMLDialogElement) {
  const before = document.activeElement;
  dialog.showModal();
  // A sheet that asks for words is there to be written in; without one, the first thing in it has the focus.
  dialog.querySelector<HTMLElement>("input:is([type=text], [type=url], [type=search])")?.focus();
  return () => {
    // The dialog gives the focus back when it closes by itself, but not when it is taken away.
    const lost = document.activeElement === null || document.activeElement === document.body || dialog.contains(document.activeElement);
    if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
