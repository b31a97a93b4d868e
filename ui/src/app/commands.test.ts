import { expect, test } from "vitest";
import { table } from "./commands";

test("no command stands twice", () => {
  const ids = table.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(["reader", "newsstand"] as const)("no key means two things in the %s", (scope) => {
  const keys = table.filter((entry) => entry.scope === "anywhere" || entry.scope === scope).flatMap(({ keys = [] }) => keys);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("every command can be chosen or has a key", () => {
  expect(table.filter(({ keys = [], menus = ["main"] }) => keys.length === 0 && menus.length === 0)).toEqual([]);
});
