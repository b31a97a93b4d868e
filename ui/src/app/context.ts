/** Which menu a right click, or the key for it, opens. */
import type { App } from "./app.svelte";
import type { Menu } from "./commands";

export function contextMenu(app: App, event: MouseEvent): void {
  const { target } = event;
  if (!(target instanceof Element) || isForText(target)) return;
  event.preventDefault();
  if (document.querySelector("dialog[open]")) return;
  const { menu, article } = about(app, target);
  app.menu = { menu, at: placeOf(event, target), article };
}

/** What is selected and what is being typed is the system's own menu's. */
function isForText(target: Element): boolean {
  if (target.closest("input, textarea, [contenteditable]")) return true;
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true);
}

function about({ reader }: App, target: Element): { menu: Menu; article: string | null } {
  const own = target.closest<HTMLElement>("button[data-article]")?.dataset["article"] ?? null;
  if (!reader) return { menu: "main", article: null };
  if (own !== null) return { menu: "region", article: own };
  if (target.closest("[data-test=viewer]")) return { menu: reader.lit === null ? "page" : "region", article: reader.lit };
  return { menu: target.closest("[data-test=article]") ? "article" : "main", article: null };
}

function placeOf({ clientX, clientY }: MouseEvent, target: Element): { x: number; y: number } {
  if (clientX > 0 || clientY > 0) return { x: clientX, y: clientY };
  const { left, bottom } = target.getBoundingClientRect();
  return { x: left, y: bottom };
}
