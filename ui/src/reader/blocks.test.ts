import { expect, test } from "vitest";
import type { PageView } from "../lib/bindings";
import { blocksOn, stepsOf, type Block, type Step } from "./blocks";
import { issue } from "./fixtures";
import { area, bounds, clip, type Point } from "./geometry";

const box = (x: number, y: number, w: number, h: number): Point[] => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
const block = (polygon: Point[]): Block => ({ article: "a", polygon });
/** A broadsheet of 1480 CSS pixels, on the desk of a window of 1280 by 800. */
const paper = { aspect: 1.43, printed: 1480 };
const room = { width: 1030, height: 680 };
const near = (value: number) => Number(value.toFixed(3));

/** How wide the page is drawn for a step. */
const drawn = ({ view, most }: Step, desk = room) => Math.min(most, desk.width / view.width, desk.height / (view.height * paper.aspect));

test("blocks follow the page's list, an article's regions go from the top down", () => {
  const sample = issue();
  const [first] = sample.pages as [PageView];
  const page = {
    ...first,
    articles: ["b", "a"],
    regions: [
      { article: "a", polygon: box(0, 0.6, 0.5, 0.2) },
      { article: "c", polygon: box(0.5, 0.5, 0.5, 0.5) },
      { article: "a", polygon: box(0, 0.1, 0.5, 0.2) },
      { article: "b", polygon: box(0.5, 0, 0.5, 0.4) },
      { article: "b", polygon: [[0.2, 0.2], [0.3, 0.3]] as Point[] },
    ],
  };
  expect(blocksOn(sample, page).map(({ article, polygon }) => [article, bounds(polygon).top])).toEqual([["b", 0], ["a", 0.1], ["a", 0.6], ["c", 0.5]]);
});

test("a page without regions is one block, shown whole", () => {
  const sample = issue();
  const [blank] = blocksOn(sample, { ...(sample.pages[0] as PageView), regions: [] });
  expect(blank?.article).toBeNull();
  expect(stepsOf(blank as Block, paper, room).map(({ view }) => view)).toEqual([{ left: 0, top: 0, width: 1, height: 1 }]);
});

test("a block that can be read at once is one step, not enlarged beyond measure", () => {
  const steps = stepsOf(block(box(0.1, 0.1, 0.3, 0.2)), paper, room);
  expect(steps.length).toBe(1);
  const tiny = stepsOf(block(box(0.1, 0.1, 0.05, 0.02)), paper, room);
  expect(drawn(tiny[0] as Step)).toBe(2.5 * paper.printed);
});

test("a column much higher than the window is walked down in steps that overlap", () => {
  const polygon = box(0.1, 0.05, 0.2, 0.9);
  const steps = stepsOf(block(polygon), paper, room);
  expect(steps.length).toBeGreaterThan(2);
  expect(near((steps[0] as Step).view.top)).toBe(0.044);
  expect(near((steps.at(-1) as Step).view.top + (steps.at(-1) as Step).view.height)).toBe(0.956);
  for (const [index, { view }] of steps.entries()) {
    expect(drawn(steps[index] as Step)).toBeGreaterThanOrEqual(0.85 * paper.printed);
    const next = steps[index + 1];
    if (!next) continue;
    const again = view.top + view.height - next.view.top;
    expect(again).toBeGreaterThan(0.08 * view.height);
    expect(again).toBeLessThan(0.5 * view.height);
  }
});

test("a block too wide to be read is walked strip by strip, and nothing of it is left out", () => {
  const polygon = box(0, 0.1, 1, 0.5);
  const steps = stepsOf(block(polygon), paper, room);
  const lefts = steps.map(({ view }) => near(view.left));
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  expect(new Set(lefts).size).toBe(2);
  for (let x = 0.02; x < 1; x += 0.04) {
    for (let y = 0.12; y < 0.6; y += 0.04) {
      expect(steps.some(({ view }) => x >= view.left && x <= view.left + view.width && y >= view.top && y <= view.top + view.height)).toBe(true);
    }
  }
  for (const step of steps) expect(drawn(step)).toBeGreaterThanOrEqual(0.85 * paper.printed - 1);
});

test("the missing quarter of an L is not visited", () => {
  // A tall column with a foot to the right: beside the column there is nothing until the foot.
  const bent: Point[] = [[0, 0], [0.4, 0], [0.4, 0.7], [1, 0.7], [1, 0.95], [0, 0.95]];
  const steps = stepsOf(block(bent), paper, room);
  expect(steps.length).toBeGreaterThan(2);
  for (const { view } of steps) expect(area(clip(bent, view))).toBeGreaterThan(0.04 * view.width * view.height);
  const [right] = steps.filter(({ view }) => view.left > 0.3);
  expect(near((right as Step).view.top)).toBeGreaterThan(0.6);
});

test("a small desk takes more steps, a large one fewer", () => {
  const tall = block(box(0.1, 0.05, 0.5, 0.8));
  const counts = [{ width: 600, height: 400 }, room, { width: 2400, height: 2200 }].map((desk) => stepsOf(tall, paper, desk).length);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts.at(-1)).toBe(1);
});

test("known columns are walked one after the other, each from the top down, after what stands above them", () => {
  const polygon = box(0.05, 0.05, 0.9, 0.9);
  const head = { left: 0.05, top: 0.05, width: 0.9, height: 0.06 };
  const columns = [0.05, 0.35, 0.65].map((left) => ({ left, top: 0.11, width: 0.3, height: 0.84 }));
  const steps = stepsOf(block(polygon), paper, room, [head, ...columns]);
  const order = steps.map((step) => [head, ...columns].findIndex((part) => Math.abs(bounds(step.polygon).left - part.left) < 1e-9 && Math.abs(bounds(step.polygon).height - part.height) < 1e-9));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order)).toEqual(new Set([0, 1, 2, 3]));
  for (const part of [1, 2, 3]) {
    const own = steps.filter((_, index) => order[index] === part);
    expect(own.length).toBeGreaterThan(1);
    expect(own.map(({ view }) => view.top)).toEqual(own.map(({ view }) => view.top).sort((a, b) => a - b));
  }
  for (const step of steps) expect(drawn(step)).toBeGreaterThanOrEqual(0.85 * paper.printed - 1e-6);
});

test("columns that have room together are read together, and a block that has room at once at once", () => {
  const desk = { width: 800, height: 4000 };
  const columns = [0.05, 0.25, 0.45, 0.65].map((left) => ({ left, top: 0.05, width: 0.2, height: 0.9 }));
  const steps = stepsOf(block(box(0.05, 0.05, 0.8, 0.9)), paper, desk, columns);
  expect(steps.map(({ polygon }) => near(bounds(polygon).width))).toEqual([0.6, 0.2]);
  expect(stepsOf(block(box(0.05, 0.05, 0.8, 0.9)), paper, { width: 4000, height: 4000 }, columns).length).toBe(1);
});
