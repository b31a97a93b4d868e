import { expect, test } from "vitest";
import { card, issue } from "./fixtures";
import { articleBeside, articlesOn, pageAt, pageBeside, pageFor } from "./order";

const sample = issue();
const at = (number: string) => {
  const found = pageAt(sample, number);
  if (!found) throw new Error(`no page ${number}`);
  return found;
};

test("a page's articles: its own list, then what only has a region", () => {
  expect(articlesOn(sample, at("01")).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(articlesOn(sample, at("02")).map(({ id }) => id)).toEqual(["d", "a"]);
});

test("what is listed but unknown is left out", () => {
  const stray = { ...at("01"), articles: ["zz", "b"], regions: [] };
  expect(articlesOn(sample, stray).map(({ id }) => id)).toEqual(["b"]);
});

test("pages end where the issue ends", () => {
  expect(pageBeside(sample, "01", -1)).toBeNull();
  expect(pageBeside(sample, "01", 1)?.number).toBe("02");
  expect(pageBeside(sample, "03", 1)).toBeNull();
  expect(pageBeside(sample, "99", 1)).toBeNull();
});

test.each([
  ["the first of the page when none is open", null, 1, "a"],
  ["the last of the page, going back", null, -1, "c"],
  ["the next in reading order", "a", 1, "b"],
  ["across pages", "c", 1, "d"],
  ["and back", "d", -1, "c"],
  ["none before the first", "a", -1, undefined],
  ["none after the last", "d", 1, undefined],
] as const)("the article beside: %s", (_, open, step, expected) => {
  expect(articleBeside(sample, open, at("01"), step)?.id).toBe(expected);
});

test("an article on several pages is shown on the one that is open", () => {
  expect(pageFor(sample, card("a", ["01", "02"]), "02")).toBe("02");
  expect(pageFor(sample, card("a", ["01", "02"]), "03")).toBe("01");
  expect(pageFor(sample, card("x", ["77"]), "03")).toBe("03");
});
