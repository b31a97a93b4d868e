import { describe, expect, test } from "vitest";
import type { RegionView } from "../lib/bindings";
import { area, around, bounds, clip, contains, mostZoom, padded, pathAround, percent, regionAt, tileLevels, toPage, toViewer, visiblePart, wheelFactor, wheelPan, wheelRun, zoomStep, type Point, type WheelRun } from "./geometry";

const box = (x: number, y: number, w: number, h: number): Point[] => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];
// An L: a box with its top right quarter missing.
const bent: Point[] = [[0.1, 0.1], [0.3, 0.1], [0.3, 0.3], [0.5, 0.3], [0.5, 0.5], [0.1, 0.5]];
const region = (article: string, polygon: Point[]): RegionView => ({ article, polygon });

describe("which region is under a point", () => {
  const regions = [region("whole", box(0, 0, 1, 1)), region("bent", bent), region("within", box(0.15, 0.35, 0.1, 0.1))];
  test.each<[string, Point, string | null]>([
    ["the only one there", [0.9, 0.9], "whole"],
    ["the smaller of two", [0.2, 0.2], "bent"],
    ["the missing quarter belongs to what is below", [0.45, 0.15], "whole"],
    ["the smallest of three", [0.2, 0.4], "within"],
    ["nothing beside the page", [1.2, 0.4], null],
  ])("%s", (_, point, article) => {
    expect(regionAt(regions, point)?.article ?? null).toBe(article);
  });

  test("a region without an inside is never hit", () => {
    expect(contains([], [0, 0])).toBe(false);
    expect(contains([[0.1, 0.1], [0.9, 0.9]], [0.4, 0.6])).toBe(false);
  });
});

test("area does not depend on which way round a polygon goes", () => {
  expect(area(box(0, 0, 0.5, 0.5))).toBeCloseTo(0.25);
  expect(area(box(0, 0, 0.5, 0.5).toReversed())).toBeCloseTo(0.25);
  expect(area(bent)).toBeCloseTo(0.12);
});

test("a block has air around it, but not beyond the page", () => {
  const near = (rect: object) => Object.fromEntries(Object.entries(rect).map(([key, value]) => [key, Number((value as number).toFixed(6))]));
  expect(near(bounds(bent))).toEqual({ left: 0.1, top: 0.1, width: 0.4, height: 0.4 });
  expect(near(padded({ left: 0.2, top: 0.2, width: 0.2, height: 0.2 }, 0.05))).toEqual({ left: 0.15, top: 0.15, width: 0.3, height: 0.3 });
  expect(near(padded({ left: 0, top: 0.9, width: 1, height: 0.1 }, 0.05))).toEqual({ left: 0, top: 0.85, width: 1, height: 0.15 });
});

test("points go to the page and back", () => {
  const page = { left: 20, top: -40, width: 300, height: 400 };
  expect(toPage(page, 170, 160)).toEqual([0.5, 0.5]);
  expect(toViewer(page, [0.5, 0.5])).toEqual({ x: 170, y: 160 });
});

test("zoom is counted from the whole page, and its steps meet on the way in and out", () => {
  expect(percent(0.9, 0.3)).toBe(300);
  expect([1, 1.25, 1.3, 8].map((factor) => zoomStep(factor, 1))).toEqual([1.25, 1.5, 1.5, 8]);
  expect([8, 1.3, 1.25, 1, 0.5].map((factor) => zoomStep(factor, -1))).toEqual([6, 1.25, 1, 0.75, 0.5]);
});

test.each([
  ["at least four times, whatever the sheet", 600, 600, 1, 4],
  ["up to two pixels for one", 1800, 600, 1, 6],
  ["never more than eight times", 9000, 600, 1, 8],
  ["a dense screen reaches the pixels sooner", 3600, 600, 2, 6],
])("how far one may zoom: %s", (_, sheet, whole, density, most) => {
  expect(mostZoom(sheet, whole, density)).toBe(most);
});

test("one wheel event changes the size a little, in the direction of the wheel", () => {
  expect(wheelFactor(-120, 0, false)).toBeGreaterThan(1.1);
  expect(wheelFactor(120, 0, false)).toBeCloseTo(1 / wheelFactor(-120, 0, false));
  expect(wheelFactor(-3, 1, false)).toBeGreaterThan(1.1);
  expect(wheelFactor(-10000, 0, true)).toBeLessThanOrEqual(1.35);
  expect(wheelFactor(0, 0, false)).toBe(1);
});

test("the path around a region is the page with a hole", () => {
  expect(pathAround([box(0, 0, 0.5, 1)])).toBe("M0 0H1V1H0ZM0 0L0.5 0L0.5 1L0 1Z");
  expect(pathAround([], 1)).toBe("M-1 -1H2V2H-1Z");
});

test("one level of tiles is as wide as the fitted page, and the largest shows all there is", () => {
  const sheet = { width: 5734, height: 8192, tileSize: 1024 };
  const levels = tileLevels(509, sheet);
  expect(levels).toContainEqual({ width: 509, height: 727 });
  expect(levels.at(-1)).toEqual({ width: 509 * 16, height: 727 * 16 });
  for (const [index, level] of levels.slice(1).entries()) {
    expect(Math.abs(level.width - 2 * (levels[index]?.width ?? 0))).toBeLessThanOrEqual(1);
  }
  const large = tileLevels(2400, sheet);
  expect(Math.max(large[0]?.width ?? 0, large[0]?.height ?? 0)).toBeLessThanOrEqual(1024);
  expect(large).toContainEqual({ width: 2400, height: 3429 });
});

describe("what is cut out of a polygon", () => {
  test.each<[string, Point[], number]>([
    ["all of it", box(0.2, 0.2, 0.1, 0.1), 0.01],
    ["the part within", box(0, 0, 0.2, 0.2), 0.01],
    ["nothing beyond", box(0.6, 0.6, 0.2, 0.2), 0],
    ["of a bent one what is there", bent, 0.12],
  ])("%s", (_, polygon, expected) => {
    const frame = polygon === bent ? { left: 0, top: 0, width: 1, height: 1 } : { left: 0.1, top: 0.1, width: 0.4, height: 0.4 };
    expect(area(clip(polygon, frame))).toBeCloseTo(expected);
  });

  test("the missing quarter of a bent one is missing", () => {
    expect(area(clip(bent, { left: 0.32, top: 0.1, width: 0.1, height: 0.15 }))).toBeCloseTo(0);
  });
});

test("the part of a page that is seen, and the rectangle around two", () => {
  const desk = { width: 400, height: 300 };
  expect(visiblePart({ left: -200, top: -150, width: 800, height: 600 }, desk)).toEqual({ left: 0.25, top: 0.25, width: 0.5, height: 0.5 });
  expect(visiblePart({ left: 100, top: 0, width: 200, height: 300 }, desk)).toEqual({ left: 0, top: 0, width: 1, height: 1 });
  expect(around([{ left: 0, top: 10, width: 100, height: 150 }, { left: 100, top: 10, width: 100, height: 140 }])).toEqual({ left: 0, top: 10, width: 200, height: 150 });
});

describe("wheel, fingers and pinch", () => {
  const event = (deltaX: number, deltaY: number, timeStamp = 1000, more = {}) => ({ deltaX, deltaY, deltaMode: 0, ctrlKey: false, timeStamp, ...more });
  test.each([
    ["a mouse's wheel zooms", event(0, 120), "zoomed", false],
    ["a mouse that counts lines zooms", event(0, 3, 1000, { deltaMode: 1 }), "zoomed", false],
    ["two fingers move a zoomed page", event(0, 4), "zoomed", true],
    ["sideways too", event(-40, 2), "zoomed", true],
    ["a whole page has nowhere to move to", event(0, 4), "whole", false],
    ["a pinch zooms", event(0, 4, 1000, { ctrlKey: true }), "zoomed", false],
    ["a roll is moved by a mouse's wheel too", event(0, 120), "roll", true],
    ["a pinch zooms a roll", event(0, 4, 1000, { ctrlKey: true }), "roll", false],
  ] as const)("%s", (_, wheel, lying, pans) => {
    expect(wheelRun(wheel, null, lying).pans).toBe(pans);
  });

  test("a movement remains what it began as, however gently it ends; the next one is asked anew", () => {
    let run: WheelRun | null = null;
    const pans = [event(0, 120, 0), event(0, 60, 100), event(0, 5, 350), event(0, 5, 1000)].map((wheel) => (run = wheelRun(wheel, run, "zoomed")).pans);
    expect(pans).toEqual([false, false, false, true]);
  });

  test("a wheel moves by notches smoothly, by fingers at once, sideways with Shift", () => {
    const shift = { shiftKey: true };
    const still = { shiftKey: false };
    expect(wheelPan({ ...event(0, 120), ...still })).toEqual([0, 120, false]);
    expect(wheelPan({ ...event(2, 4), ...still })).toEqual([2, 4, true]);
    expect(wheelPan({ ...event(0, 120), ...shift })).toEqual([120, 0, false]);
    expect(wheelPan({ ...event(0, 3, 0, { deltaMode: 1 }), ...still })).toEqual([0, 99, false]);
  });
});
