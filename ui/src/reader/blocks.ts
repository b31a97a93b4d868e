/** The blocks of a page and the steps that show each of them, for guided reading. Pure. */
import type { IssueView, PageView } from "../lib/bindings";
import { area, bounds, clip, padded, type Point, type Rect } from "./geometry";
import { articlesOn } from "./order";

/** One region of the page, in reading order; a page without regions is one block that belongs to no article. */
export type Block = { readonly article: string | null; readonly polygon: readonly Point[] };

/** What of the page is shown, in fractions of it, and how wide the page may be drawn for it, in CSS pixels. */
export type Step = { readonly view: Rect; readonly most: number };

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
 * The steps that show a block large enough to be read: at once when it fits so, else strip by strip from left to
 * right, each from the top down.
 */
export function stepsOf(block: Block, { aspect, printed }: Paper, room: { width: number; height: number }): Step[] {
  const most = largest * printed;
  if (block.article === null) return [{ view: { left: 0, top: 0, width: 1, height: 1 }, most: Infinity }];
  const around = padded(bounds(block.polygon), 0.006);
  const whole = Math.min(room.width / around.width, room.height / (around.height * aspect));
  if (whole >= legible * printed) return [{ view: around, most }];

  const strips = Math.max(1, Math.ceil((around.width * legible * printed) / room.width - 0.001));
  const wide = Math.min(around.width, (around.width / strips) * (strips > 1 ? 1 + overlapBeside : 1));
  const scale = Math.min(room.width / wide, comfortable * printed);
  const high = room.height / (scale * aspect);
  const steps: Step[] = [];
  for (let strip = 0; strip < strips; strip++) {
    const left = around.left + (strips > 1 ? (strip * (around.width - wide)) / (strips - 1) : 0);
    const column = clip(block.polygon, { left, top: 0, width: wide, height: 1 });
    if (area(column) === 0) continue;
    const run = padded(bounds(column), 0.006);
    const rows = run.height <= high ? 1 : Math.ceil((run.height - overlap * high) / (high * (1 - overlap)) - 0.001);
    for (let row = 0; row < rows; row++) {
      const top = run.top + (rows > 1 ? (row * (run.height - high)) / (rows - 1) : 0);
      const view = { left, top, width: wide, height: Math.min(high, run.height) };
      if (area(clip(block.polygon, view)) >= worthSeeing * view.width * view.height) steps.push({ view, most: scale });
    }
  }
  return steps.length > 0 ? steps : [{ view: around, most }];
}
