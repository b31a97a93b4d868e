import { expect, test } from "vitest";
import { keyOf, printedKey } from "./shortcuts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test.each([
  [press("j"), "j"],
  [press("J", { shiftKey: true }), "j"],
  [press("?", { shiftKey: true }), "?"],
  [press("+", { ctrlKey: true }), "Ctrl++"],
  [press("+", { shiftKey: true, ctrlKey: true }), "Ctrl+Shift++"],
  [press("P", { shiftKey: true, ctrlKey: true }), "Ctrl+Shift+p"],
  [press("=", { metaKey: true }), "Ctrl+="],
  [press(" ", { shiftKey: true }), "Shift+Space"],
  [press("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
])("a key press has a name", (event, name) => {
  expect(keyOf(event)).toBe(name);
});

test.each([
  ["j", "J"],
  ["+", "+"],
  ["Ctrl++", "Ctrl + +"],
  ["Ctrl+Shift+-", "Ctrl + Shift + −"],
  ["Alt+ArrowLeft", "Alt + ←"],
  ["Escape", "Esc"],
])("%s is printed as %s", (key, printed) => {
  expect(printedKey(key)).toBe(printed);
});
