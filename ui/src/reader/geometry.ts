/** Where things are on a page: hit test, blocks, and the zooms that show them. Pure. */
import type { RegionView } from "../lib/bindings";

/** A point in fractions of the page, (0,0) top left to (1,1) bottom right. */
export type Point = [number, number];
export type Rect = { left: number; top: number; width: number; height: number };

/** Even-odd rule, as a self-crossing polygon on a page is filled. */
export function contains(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The size of a polygon in square pages. */
export function area(polygon: readonly Point[]): number {
  let twice = 0;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i] as Point;
    const [xj, yj] = polygon[j] as Point;
    twice += xj * yi - xi * yj;
  }
  return Math.abs(twice) / 2;
}

/** The region under a point. Of several the smallest: a box within an article's block is what the reader means. */
export function regionAt(regions: readonly RegionView[], point: Point): RegionView | null {
  let best: RegionView | null = null;
  let smallest = Infinity;
  for (const region of regions) {
    if (!contains(region.polygon, point)) continue;
    const size = area(region.polygon);
    if (size < smallest) {
      smallest = size;
      best = region;
    }
  }
  return best;
}

export function bounds(polygon: readonly Point[]): Rect {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** The part of a polygon that lies within a rectangle. Where the polygon is bent, parts may hang together by a line along its edge. */
export function clip(polygon: readonly Point[], { left, top, width, height }: Rect): Point[] {
  const cut = (corners: readonly Point[], inside: (point: Point) => boolean, at: (a: Point, b: Point) => Point): Point[] =>
    corners.flatMap((corner, index) => {
      const before = corners.at(index - 1) as Point;
      if (inside(corner)) return inside(before) ? [corner] : [at(before, corner), corner];
      return inside(before) ? [at(before, corner)] : [];
    });
  const atX = (x: number) => ([ax, ay]: Point, [bx, by]: Point): Point => [x, ay + ((by - ay) * (x - ax)) / (bx - ax)];
  const atY = (y: number) => ([ax, ay]: Point, [bx, by]: Point): Point => [ax + ((bx - ax) * (y - ay)) / (by - ay), y];
  const [right, bottom] = [left + width, top + height];
  let rest = cut(polygon, ([x]) => x >= left, atX(left));
  rest = cut(rest, ([x]) => x <= right, atX(right));
  rest = cut(rest, ([, y]) => y >= top, atY(top));
  return cut(rest, ([, y]) => y <= bottom, atY(bottom));
}

/** A block with air around it, for zooming to; fractions of the page, not beyond its edges. */
export function padded(block: Rect, margin = 0.015): Rect {
  const left = Math.max(0, block.left - margin);
  const top = Math.max(0, block.top - margin);
  return {
    left,
    top,
    width: Math.min(1, block.left + block.width + margin) - left,
    height: Math.min(1, block.top + block.height + margin) - top,
  };
}

/** The rectangle around several. */
export function around(rects: readonly Rect[]): Rect {
  const left = Math.min(...rects.map((rect) => rect.left));
  const top = Math.min(...rects.map((rect) => rect.top));
  const right = Math.max(...rects.map((rect) => rect.left + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.top + rect.height));
  return { left, top, width: right - left, height: bottom - top };
}

/** Which part of a page, or of pages side by side, is within a desk; fractions of it. */
export function visiblePart(page: Rect, desk: { width: number; height: number }): Rect {
  const share = (value: number) => Math.min(1, Math.max(0, value));
  const left = share(-page.left / page.width);
  const top = share(-page.top / page.height);
  return {
    left,
    top,
    width: share((desk.width - page.left) / page.width) - left,
    height: share((desk.height - page.top) / page.height) - top,
  };
}

/** From a point in the viewer to a point of the page. */
export function toPage(page: Rect, x: number, y: number): Point {
  return [(x - page.left) / page.width, (y - page.top) / page.height];
}

/** From a point of the page to a point in the viewer. */
export function toViewer(page: Rect, [x, y]: Point): { x: number; y: number } {
  return { x: page.left + x * page.width, y: page.top + y * page.height };
}

/** How much bigger the page is shown than when it fits whole, in percent. */
export function percent(zoom: number, whole: number): number {
  return Math.round((zoom / whole) * 100);
}

/** How far one may zoom in, as a multiple of the whole page: never far beyond the pixels that there are. */
export function mostZoom(sheetWidth: number, wholeWidth: number, density: number): number {
  return Math.min(8, Math.max(4, (2 * sheetWidth) / (wholeWidth * density)));
}

/**
 * The levels of a page's tiles, the smallest first: one is exactly as wide as the fitted page is in the screen's
 * pixels, and each has twice the sides of the one before, until the sheet has no more to show.
 */
export function tileLevels(fit: number, sheet: { width: number; height: number; tileSize: number }): { width: number; height: number }[] {
  const fitted = { width: Math.max(1, fit), height: Math.max(1, Math.round((fit * sheet.height) / sheet.width)) };
  const levels = [fitted];
  for (let { width, height } = fitted; width < sheet.width; ) {
    [width, height] = [width * 2, height * 2];
    levels.push({ width, height });
  }
  for (let { width, height } = fitted; Math.max(width, height) > sheet.tileSize; ) {
    [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    levels.unshift({ width, height });
  }
  return levels;
}

/** Steps that the buttons take: 100, 125, 150 ... so that the way in and the way out meet the same sizes. */
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

export function zoomStep(factor: number, direction: 1 | -1): number {
  const near = 0.01;
  const next = direction > 0 ? steps.find((step) => step > factor + near) : steps.findLast((step) => step < factor - near);
  return next ?? (direction > 0 ? (steps.at(-1) as number) : (steps[0] as number));
}

/** The factor for one wheel event; a trackpad's pinch arrives as a finer wheel with Ctrl. */
export function wheelFactor(delta: number, mode: number, pinch: boolean): number {
  const factor = Math.exp(-inPixels(delta, mode) * (pinch ? 0.01 : 0.0018));
  return Math.min(1.35, Math.max(1 / 1.35, factor));
}

type Wheel = Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode" | "ctrlKey" | "timeStamp">;

/** A wheel that is turned, or two fingers that slide, from the first event to the last. */
export type WheelRun = { readonly pans: boolean; readonly at: number };

/** Wheel events further apart than this, in milliseconds, are not of one movement. */
const runPause = 300;
/** A mouse's wheel goes at least so far at once; fingers on a trackpad begin with less. */
const notch = 30;

/**
 * Whether a wheel event moves the page or zooms it. A mouse's wheel zooms, as does a pinch (which comes with Ctrl).
 * Two fingers on a trackpad tell themselves by small or sideways steps: they move a page that is larger than the desk.
 * On a whole page there is nowhere to move to, so they zoom as a wheel does. A roll is moved by every wheel. What a movement began as it remains, so
 * that its last gentle steps do not turn a zoom into a push.
 */
export function wheelRun(event: Wheel, before: WheelRun | null, lying: "whole" | "zoomed" | "roll"): WheelRun {
  const at = event.timeStamp;
  if (event.ctrlKey) return { pans: false, at };
  if (lying === "roll") return { pans: true, at };
  if (before && at - before.at < runPause) return { pans: before.pans, at };
  return { pans: lying === "zoomed" && fingers(event), at };
}

const fingers = (event: Wheel) => event.deltaMode === 0 && (event.deltaX !== 0 || Math.abs(event.deltaY) < notch);

/** How far a wheel event moves a page, in pixels, and whether at once, as fingers expect it. Shift turns it sideways. */
export function wheelPan(event: Wheel & Pick<WheelEvent, "shiftKey">): [dx: number, dy: number, atOnce: boolean] {
  const { deltaX, deltaY, shiftKey } = event;
  const [dx, dy] = shiftKey && deltaX === 0 ? [deltaY, 0] : [deltaX, deltaY];
  return [inPixels(dx, event.deltaMode), inPixels(dy, event.deltaMode), fingers(event)];
}

function inPixels(delta: number, mode: number): number {
  return mode === 1 ? delta * 33 : mode === 2 ? delta * 400 : delta;
}

/** SVG `points` of a polygon in page fractions. */
export function points(polygon: readonly Point[]): string {
  return polygon.map(([x, y]) => `${x},${y}`).join(" ");
}

/** An SVG path of the whole page, and `beyond` it, with holes where the polygons are. */
export function pathAround(polygons: readonly (readonly Point[])[], beyond = 0): string {
  const hole = (polygon: readonly Point[]) => `M${polygon.map(([x, y]) => `${x} ${y}`).join("L")}Z`;
  return `M${-beyond} ${-beyond}H${1 + beyond}V${1 + beyond}H${-beyond}Z${polygons.map(hole).join("")}`;
}
