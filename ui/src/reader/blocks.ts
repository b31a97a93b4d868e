/** The blocks of a page and the steps that show each of them, for guided reading. Pure. */
import type { IssueView, PageView } from "../lib/bindings";
import { area, around, bounds, clip, padded, type Point, type Rect } from "./geometry";
import { articlesOn } from "./order";

/** One region of the page, in reading order; a page without regions is one block that belongs to no article. */
export type Block = { readonly article: string | null; readonly polygon: readonly Point[] };

/** What of the page is shown, in fractions of it, and how wide the page may be drawn for it, in CSS pixels. */
export type Step = {
  readonly view: Rect;
  readonly most: number;
  /** What is read at this step; the rest is dimmed. */
  readonly polygon: readonly Point[];
};

/** The page as paper: height by width, and how wide it is printed, in CSS pixels. */
export type Paper = { readonly aspect: number; readonly printed: number };

const wholePage: readonly Point[] = [[0, 0], [1, 0], [1, 1], [0, 1]];

/** A page's blocks: article after article as the page lists them, each with all of its regions from the top down. */
export function blocksOn(issue: IssueView, page: PageView): Block[] {
  const blocks = articlesOn(issue, page).flatMap(({ id }) => {
    const polygons = page.regions.filter((region) => region.article === id && area(region.polygon) > 0).map((region) => region.polygon);
    const placed = polygons.map((polygon) => ({ polygon, at: bounds(polygon) }));
    placed.sort((a, b) => a.at.top - b.at.top || a.at.left - b.at.left);
    return placed.map(({ polygon }) => ({ article: id, polygon }));
  });
  return blocks.length > 0 ? blocks : [{ article: null, polygon: wholePage }];
}

/** Body text of 9 to 10.5 points can be read from this share of its printed size on. */
const legible = 0.85;
/** A block that is walked is shown about so large, as a share of its printed size. */
const comfortable = 1.25;
/** No block is enlarged beyond this: three lines as high as the window are no easier to read. */
const largest = 2.5;
/** How much of the window's height is seen again after a step down, and of a strip's width beside it. */
const overlap = 0.12;
const overlapBeside = 0.03;
/** A view with less of the block in it than this is not worth a step: it is the missing quarter of an L. */
const worthSeeing = 0.04;

/**
 * The steps that show a block large enough to be read: at once when it fits so, else part after part as they are read,
 * as many together as fit; and where no parts are known, strip by strip from left to right, each from the top down.
 */
export function stepsOf(block: Block, paper: Paper, room: { width: number; height: number }, parts: readonly Rect[] | null = null): Step[] {
  const { polygon } = block;
  if (block.article === null) return [{ view: { left: 0, top: 0, width: 1, height: 1 }, most: Infinity, polygon }];
  if (parts === null || fits(padded(bounds(polygon), air), paper, room)) return walk(polygon, paper, room);
  const units = together(parts, paper, room).map((part) => clip(polygon, part)).filter((part) => area(part) > 0);
  return units.length > 0 ? units.flatMap((unit) => walk(unit, paper, room)) : walk(polygon, paper, room);
}

/** What is shown around a block, as a share of the page. */
const air = 0.006;

/** Whether a part of the page has room when it is large enough to be read. */
function fits(part: Rect, { aspect, printed }: Paper, room: { width: number; height: number }): boolean {
  return Math.min(room.width / part.width, room.height / (part.height * aspect)) >= legible * printed;
}

/** Parts that follow each other and have room together are one. */
function together(parts: readonly Rect[], paper: Paper, room: { width: number; height: number }): Rect[] {
  const units: Rect[] = [];
  for (const part of parts) {
    const last = units.at(-1);
    const both = last && around([last, part]);
    if (both && fits(padded(both, air), paper, room)) units[units.length - 1] = both;
    else units.push(part);
  }
  return units;
}

function walk(polygon: readonly Point[], paper: Paper, room: { width: number; height: number }): Step[] {
  const { aspect, printed } = paper;
  const most = largest * printed;
  const frame = padded(bounds(polygon), air);
  if (fits(frame, paper, room)) return [{ view: frame, most, polygon }];

  const strips = Math.max(1, Math.ceil((frame.width * legible * printed) / room.width - 0.001));
  const wide = Math.min(frame.width, (frame.width / strips) * (strips > 1 ? 1 + overlapBeside : 1));
  const scale = Math.min(room.width / wide, comfortable * printed);
  const high = room.height / (scale * aspect);
  const steps: Step[] = [];
  for (let strip = 0; strip < strips; strip++) {
    const left = frame.left + (strips > 1 ? (strip * (frame.width - wide)) / (strips - 1) : 0);
    const column = clip(polygon, { left, top: 0, width: wide, height: 1 });
    if (area(column) === 0) continue;
    const run = padded(bounds(column), air);
    const rows = run.height <= high ? 1 : Math.ceil((run.height - overlap * high) / (high * (1 - overlap)) - 0.001);
    for (let row = 0; row < rows; row++) {
      const top = run.top + (rows > 1 ? (row * (run.height - high)) / (rows - 1) : 0);
      const view = { left, top, width: wide, height: Math.min(high, run.height) };
      if (area(clip(polygon, view)) >= worthSeeing * view.width * view.height) steps.push({ view, most: scale, polygon });
    }
  }
  return steps.length > 0 ? steps : [{ view: frame, most, polygon }];
}
