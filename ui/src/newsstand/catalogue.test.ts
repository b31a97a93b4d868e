import { expect, test } from "vitest";
import type { CataloguePaper } from "../lib/bindings";
import { byRegion, step } from "./catalogue";

const paper = (region: string | null, readable: boolean | null): CataloguePaper => ({ name: "", region, publisher: null, url: "", tested: null, readable });

test("newspapers lie under their provinces, cities with them", () => {
  const papers = ["全国", "山东", "山东 青岛", null, "山东 潍坊"].map((region) => paper(region, true));
  expect(byRegion(papers).map(({ region, rows }) => [region, rows.map(({ row }) => row)])).toEqual([
    ["全国", [0]],
    ["山东", [1, 2, 4]],
    ["", [3]],
  ]);
});

test("the keys pass over what cannot be picked, and stop at the ends", () => {
  const papers = [false, true, false, null, true, false].map((readable) => paper(null, readable));
  expect(step(papers, -1, 1)).toBe(1);
  expect(step(papers, 1, 1)).toBe(3);
  expect(step(papers, 3, 1)).toBe(4);
  expect(step(papers, 4, 1)).toBe(4);
  expect(step(papers, 4, -1)).toBe(3);
  expect(step(papers, 1, -1)).toBe(1);
  expect(step(papers, 1, 7)).toBe(4);
  expect(step(papers, 4, -7)).toBe(1);
  expect(step(papers, -1, -1)).toBe(1);
  expect(step([], -1, 1)).toBe(-1);
  expect(step([paper(null, false)], -1, 1)).toBe(-1);
});
