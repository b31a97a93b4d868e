import { expect, test } from "vitest";
import type { PageView } from "../lib/bindings";
import { isSpread, openings, roomForTwo } from "./facing";
import { page } from "./fixtures";

const pages = (numbers: string) => numbers.split(" ").map((number): PageView => page(number, []));
const shown = (list: PageView[]) => openings(list).map((opening) => opening.map(({ number }) => number).join("+")).join(" ");

test.each([
  ["the front page lies alone, then they pair", "01 02 03 04", "01 02+03 04"],
  ["a spread lies alone and moves nothing", "01 02 03 04-05 06 07 08", "01 02+03 04-05 06+07 08"],
  ["each section has a front page", "A01 A02 A03 A04 B01 B02 B03 B04", "A01 A02+A03 A04 B01 B02+B03 B04"],
  ["a missing page leaves its neighbour alone", "01 02 04 05 07", "01 02 04+05 07"],
  ["numbers without a nought", "1 2 3 4 5", "1 2+3 4+5"],
  ["ten and more", "08 09 10 11", "08+09 10+11"],
  ["what bears no number lies alone", "封面 封二 01 02 03", "封面 封二 01 02+03"],
])("%s", (_, numbers, expected) => {
  expect(shown(pages(numbers))).toBe(expected);
});

test("a page as wide as two is a spread whatever its number says", () => {
  const wide = { ...page("04", []), width: 700 };
  expect(isSpread(wide)).toBe(true);
  expect(shown([page("03", []), wide, page("05", [])])).toBe("03 04 05");
  expect(isSpread(page("04", []))).toBe(false);
  expect(isSpread(page("A04-A05", []))).toBe(true);
});

const paper = [{ width: 350, height: 500 }, { width: 350, height: 500 }];

test.each([
  ["a wide desk", 1400, 900, true],
  ["a little narrower than two pages", 1120, 900, true],
  ["beside an open article", 640, 900, false],
  ["upright", 1080, 1700, false],
  ["not measured yet", 0, 0, false],
])("room for two on %s", (_, width, height, expected) => {
  expect(roomForTwo({ width, height }, paper)).toBe(expected);
});
