import { expect, test } from "vitest";
import { commandFor, keyOf, printedKey, shortcuts } from "./shortcuts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("no key means two things, no command stands twice", () => {
  const keys = shortcuts.flatMap((shortcut) => [...shortcut.keys] as string[]);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  const commands = shortcuts.map(({ command }) => command);
  expect(new Set(commands).size).toBe(commands.length);
});

test.each([
  [press("j"), "j"],
  [press("J", { shiftKey: true }), "j"],
  [press("?", { shiftKey: true }), "?"],
  [press("+", { shiftKey: true, ctrlKey: true }), "Ctrl++"],
  [press("=", { metaKey: true }), "Ctrl+="],
  [press(" ", { shiftKey: true }), "Shift+Space"],
  [press("ArrowLeft", { altKey: true }), "Alt+ArrowLeft"],
])("a key press has a name", (event, name) => {
  expect(keyOf(event)).toBe(name);
});

test("keys of the reader do nothing on the newsstand", () => {
  expect(commandFor(press("j"), "reader")).toBe("nextPage");
  expect(commandFor(press("j"), "anywhere")).toBeNull();
  expect(commandFor(press("Escape"), "anywhere")).toBe("back");
  expect(commandFor(press("j", { ctrlKey: true }), "reader")).toBeNull();
});

test.each([["j", "J"], ["+", "+"], ["Ctrl++", "Ctrl + +"], ["Alt+ArrowLeft", "Alt + ←"], ["Escape", "Esc"]])("%s is printed as %s", (key, printed) => {
  expect(printedKey(key)).toBe(printed);
});
