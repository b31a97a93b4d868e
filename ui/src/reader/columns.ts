/** The columns of print within a block, found by the white between them on the page's picture. Pure. */
import { area, bounds, contains, type Point, type Rect } from "./geometry";

/** A page's picture in grey, 0 black to 255 white, row after row. */
export type Grey = { readonly width: number; readonly height: number; readonly values: Uint8Array };

/** White between columns is at least so wide, and a column too, as shares of the page's width. */
const gutterWidth = 0.005;
const columnWidth = 0.05;
/** It runs through at least so much of the block's height there: through the text, not through the headline above it. */
const gutterRun = 0.35;
/** Or it ends at the block's foot, as below a large picture, and is so long, in page heights: some lines of text. */
const footRun = 0.06;
const foot = 0.015;
/** So different from a block's ground is ink. */
const contrast = 48;
/** A hairline between columns is not wider, and runs as the white beside it does. */
const hairline = 0.003;
/** Tops of columns this near are one line of print, in page heights. */
const sameLine = 0.012;

/** The longest stretch of a block's vertical line that is one of white, or of ink. */
type Run = { readonly from: number; readonly to: number; readonly inside: number };
type Gutter = { readonly from: number; to: number; readonly top: number };

/**
 * The parts of a block in the order in which they are read, in fractions of the page: what is printed across columns,
 * then those columns, from left to right. Nothing where there are no columns to be seen.
 */
export function columnsOf({ width, height, values }: Grey, polygon: readonly Point[]): Rect[] | null {
  const block = bounds(polygon);
  const [x0, x1] = [Math.max(0, Math.round(block.left * width)), Math.min(width, Math.round((block.left + block.width) * width))];
  const [y0, y1] = [Math.max(0, Math.round(block.top * height)), Math.min(height, Math.round((block.top + block.height) * height))];
  if (x1 - x0 < 2 * columnWidth * width || y1 <= y0) return null;

  const rectangular = area(polygon) > 0.999 * block.width * block.height;
  const inside = (x: number, y: number) => rectangular || contains(polygon, [(x + 0.5) / width, (y + 0.5) / height]);
  const ground = groundOf(values, width, [x0, x1], [y0, y1]);
  const isInk = (x: number, y: number) => Math.abs((values[y * width + x] ?? ground) - ground) > contrast;
  const longest = (x: number, ink: boolean): Run => {
    let best = { from: y0, to: y0 };
    let from = -1;
    let count = 0;
    for (let y = y0; y <= y1; y++) {
      const there = y < y1 && inside(x, y);
      if (there) count++;
      if (there && isInk(x, y) === ink) {
        if (from < 0) from = y;
      } else if (from >= 0) {
        if (y - from > best.to - best.from) best = { from, to: y };
        from = -1;
      }
    }
    return { ...best, inside: count };
  };

  const runs: (Run | null)[] = [];
  for (let x = x0; x < x1; x++) {
    const white = longest(x, false);
    const long = white.to - white.from;
    const atFoot = white.to >= y1 - foot * height;
    runs.push(long >= footRun * height && (atFoot || long >= gutterRun * white.inside) ? white : null);
  }
  // A line between two whites is white too.
  for (let index = 1; index < runs.length - 1; index++) {
    if (runs[index]) continue;
    let end = index;
    while (end < runs.length && !runs[end]) end++;
    const before = runs[index - 1];
    const after = runs[end];
    const drawn = before && after && end - index <= Math.max(2, hairline * width);
    const line = drawn && Array.from({ length: end - index }, (_, at) => longest(x0 + index + at, true)).some((run) => run.to - run.from >= footRun * height);
    for (let at = index; at < end; at++) if (line) runs[at] = before;
    index = end;
  }

  const gutters = guttersOf(runs, Math.max(2, gutterWidth * width), sameLine * height);
  const columns: { left: number; right: number; top: number }[] = [];
  let left = 0;
  let above = y0;
  for (const { from, to, top } of [...gutters, { from: runs.length, to: runs.length, top: y0 }]) {
    if (from - left >= columnWidth * width) {
      columns.push({ left: x0 + left, right: x0 + from, top: Math.max(above, top) });
    } else if (from > left && columns.length > 0) {
      // Too narrow to be one: what stands beside the one before.
      const last = columns.at(-1) as (typeof columns)[number];
      last.right = x0 + from;
    }
    left = to;
    above = top;
  }
  if (columns.length < 2) return null;
  return partsOf(columns, [y0, y1], sameLine * height).map((part) => ({
    left: part.left / width,
    top: part.top / height,
    width: part.width / width,
    height: part.height / height,
  }));
}

/** The commonest grey: what the print lies on, be it white, tinted or black. */
function groundOf(values: Uint8Array, width: number, [x0, x1]: [number, number], [y0, y1]: [number, number]): number {
  const counts = new Uint32Array(32);
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const bin = (values[y * width + x] ?? 0) >> 3;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  const most = counts.reduce((best, count, bin) => (count > (counts[best] ?? 0) ? bin : best), 0);
  return (most << 3) + 4;
}

function guttersOf(runs: readonly (Run | null)[], least: number, near: number): Gutter[] {
  // Beside each other, white that begins at the same height is one.
  const whites: Gutter[] = [];
  for (const [index, run] of runs.entries()) {
    const last = whites.at(-1);
    if (run && last?.to === index && Math.abs(last.top - run.from) <= near) last.to = index + 1;
    else if (run) whites.push({ from: index, to: index + 1, top: run.from });
  }
  return whites.flatMap((white, index) => {
    // A column that ends early is white below its end; the white beside it begins higher.
    const [before, after] = [whites[index - 1], whites[index + 1]];
    const ends = (before?.to === white.from && before.top < white.top) || (after?.from === white.to && after.top < white.top);
    // The white at a block's edges parts nothing, but is no part of a column either.
    const edge = white.from === 0 || white.to === runs.length;
    return !ends && (edge || white.to - white.from >= least) ? [{ ...white, top: edge ? 0 : white.top }] : [];
  });
}

/** Columns that begin together below what is above them are read after it. */
function partsOf(columns: readonly { left: number; right: number; top: number }[], [y0, y1]: [number, number], near: number): Rect[] {
  const parts: Rect[] = [];
  for (let first = 0; first < columns.length; ) {
    const { left, top } = columns[first] as (typeof columns)[number];
    let end = first + 1;
    while (end < columns.length && Math.abs((columns[end]?.top ?? 0) - top) <= near) end++;
    const group = columns.slice(first, end);
    const begins = Math.min(...group.map((column) => column.top));
    const headed = begins - y0 > near;
    const right = (group.at(-1) as (typeof columns)[number]).right;
    if (headed) parts.push({ left, top: y0, width: right - left, height: begins - y0 });
    const from = headed ? begins : y0;
    for (const column of group) parts.push({ left: column.left, top: from, width: column.right - column.left, height: y1 - from });
    first = end;
  }
  return parts;
}
