import { expect, test } from "vitest";
import { isSecond } from "./clicks";

const first = { x: 100, y: 100, at: 1000 };

test.each([
  ["soon and near", { x: 104, y: 98, at: 1200 }, true],
  ["too late", { x: 100, y: 100, at: 1600 }, false],
  ["as near as a finger finds it again", { x: 125, y: 100, at: 1100, finger: true }, true],
  ["too far for a finger", { x: 140, y: 100, at: 1100, finger: true }, false],
  ["too far", { x: 120, y: 100, at: 1100 }, false],
])("a second click %s", (_, click, expected) => {
  expect(isSecond(first, click)).toBe(expected);
});

test("there is no second click without a first", () => {
  expect(isSecond(null, first)).toBe(false);
});
