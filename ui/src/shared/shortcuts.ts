/** Every command that has a key, in one table: the keyboard, the sheet of keys and the buttons' titles all read it. */
import type { MessageKey } from "../lib/words.svelte";

export type Scope = "anywhere" | "reader";
export type Group = "keys_group_anywhere" | "keys_group_page" | "keys_group_article" | "keys_group_zoom";

export type Shortcut = {
  readonly command: string;
  readonly scope: Scope;
  readonly group: Group;
  readonly name: MessageKey;
  /** As `keyOf` names them. */
  readonly keys: readonly string[];
};

export const shortcuts = [
  { command: "help", scope: "anywhere", group: "keys_group_anywhere", name: "keys_help", keys: ["?", "F1"] },
  { command: "back", scope: "anywhere", group: "keys_group_anywhere", name: "keys_back", keys: ["Escape"] },

  { command: "nextPage", scope: "reader", group: "keys_group_page", name: "next_page", keys: ["j", "PageDown"] },
  { command: "previousPage", scope: "reader", group: "keys_group_page", name: "previous_page", keys: ["k", "PageUp"] },
  { command: "firstPage", scope: "reader", group: "keys_group_page", name: "first_page", keys: ["Home"] },
  { command: "lastPage", scope: "reader", group: "keys_group_page", name: "last_page", keys: ["End"] },
  { command: "nextIssue", scope: "reader", group: "keys_group_page", name: "next_issue", keys: ["Alt+ArrowRight"] },
  { command: "previousIssue", scope: "reader", group: "keys_group_page", name: "previous_issue", keys: ["Alt+ArrowLeft"] },
  { command: "rail", scope: "reader", group: "keys_group_page", name: "rail_toggle", keys: ["b"] },
  { command: "fullScreen", scope: "reader", group: "keys_group_page", name: "full_screen", keys: ["f", "F11"] },

  { command: "nextArticle", scope: "reader", group: "keys_group_article", name: "next_article", keys: ["n", "]"] },
  { command: "previousArticle", scope: "reader", group: "keys_group_article", name: "previous_article", keys: ["p", "["] },
  { command: "scrollOn", scope: "reader", group: "keys_group_article", name: "keys_scroll_on", keys: ["Space"] },
  { command: "scrollBack", scope: "reader", group: "keys_group_article", name: "keys_scroll_back", keys: ["Shift+Space"] },
  { command: "textLarger", scope: "reader", group: "keys_group_article", name: "text_larger", keys: ["."] },
  { command: "textSmaller", scope: "reader", group: "keys_group_article", name: "text_smaller", keys: [","] },

  { command: "zoomIn", scope: "reader", group: "keys_group_zoom", name: "zoom_in", keys: ["+", "=", "Ctrl++", "Ctrl+="] },
  { command: "zoomOut", scope: "reader", group: "keys_group_zoom", name: "zoom_out", keys: ["-", "Ctrl+-"] },
  { command: "zoomDefault", scope: "reader", group: "keys_group_zoom", name: "zoom_default_label", keys: ["0", "Ctrl+0"] },
  { command: "panLeft", scope: "reader", group: "keys_group_zoom", name: "keys_pan_left", keys: ["ArrowLeft"] },
  { command: "panRight", scope: "reader", group: "keys_group_zoom", name: "keys_pan_right", keys: ["ArrowRight"] },
  { command: "panUp", scope: "reader", group: "keys_group_zoom", name: "keys_pan_up", keys: ["ArrowUp"] },
  { command: "panDown", scope: "reader", group: "keys_group_zoom", name: "keys_pan_down", keys: ["ArrowDown"] },
] as const satisfies readonly Shortcut[];

export type Command = (typeof shortcuts)[number]["command"];

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** A key press by name: "j", "Ctrl++", "Alt+ArrowLeft", "Shift+Space". Characters already carry their Shift. */
export function keyOf(event: Pressed): string {
  const named = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && named.length > 1 ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${named}`;
}

export function commandFor(event: Pressed, scope: Scope): Command | null {
  const key = keyOf(event);
  const found = shortcuts.find(
    (shortcut) => (shortcut.scope === "anywhere" || shortcut.scope === scope) && (shortcut.keys as readonly string[]).includes(key),
  );
  return found?.command ?? null;
}

const printed: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

/** A key as it is printed on the sheet of keys. */
export function printedKey(key: string): string {
  const parts = key.match(/[^+]+(?=\+.)|[^+]+$|\+$/g) ?? [key];
  return parts.map((part) => printed[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" + ");
}
