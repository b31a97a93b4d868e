/** Keys by name: what was pressed, and how it is printed beside a command. */

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * A key press by name: "j", "?", "Ctrl+k", "Ctrl+Shift++", "Alt+ArrowLeft", "Shift+Space". A character alone already
 * carries its Shift; with Ctrl or Alt held, Shift makes another key of it.
 */
export function keyOf(event: Pressed): string {
  const named = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && (named.length > 1 || ctrl || event.altKey);
  return `${ctrl ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${named}`;
}

const printed: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", "-": "−" };

/** A key as it is printed on the sheet of keys. */
export function printedKey(key: string): string {
  const parts = key.match(/[^+]+(?=\+.)|[^+]+$|\+$/g) ?? [key];
  return parts.map((part) => printed[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" + ");
}
