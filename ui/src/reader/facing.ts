/** Which pages lie open together, as the printed paper does on a table. Pure. */
import type { PageView } from "../lib/bindings";

/** Printed numbers as sites write them: "3", "03", "A03", and "04-05" or "A04-A05" for a spread. */
const printed = /^(\D*)(\d+)(?:\D+(\d+))?$/;

/** A page this much wider than high shows two printed pages, whatever its number says. */
const wide = 1.15;

/** 跨版: one picture of two printed pages; it lies open alone. */
export function isSpread(page: PageView): boolean {
  return printed.exec(page.number)?.[3] !== undefined || page.width > wide * page.height;
}

/**
 * The pages of an issue as they lie open: a section's front page alone, then an even page with the odd one that
 * follows it. What is printed across both, and what bears no number to tell by, lies alone.
 */
export function openings(pages: readonly PageView[]): PageView[][] {
  const found: PageView[][] = [];
  for (let index = 0; index < pages.length; index++) {
    const page = pages[index] as PageView;
    const next = pages[index + 1];
    if (next && faces(page, next)) {
      found.push([page, next]);
      index++;
    } else {
      found.push([page]);
    }
  }
  return found;
}

function faces(left: PageView, right: PageView): boolean {
  if (isSpread(left) || isSpread(right)) return false;
  const [, section, number] = printed.exec(left.number) ?? [];
  const [, sectionBeside, numberBeside] = printed.exec(right.number) ?? [];
  return section === sectionBeside && Number(number) % 2 === 0 && Number(numberBeside) === Number(number) + 1;
}

/** How much smaller a page may become for the one beside it to be seen too. */
const leastShare = 0.8;

/** Whether two pages beside each other have room on the desk, each about as large as it would be alone. */
export function roomForTwo(desk: { width: number; height: number }, pages: readonly { width: number; height: number }[]): boolean {
  const aspect = Math.max(...pages.map((page) => page.height / page.width));
  const alone = Math.min(desk.width, desk.height / aspect);
  const beside = Math.min(desk.width / 2, desk.height / aspect);
  return desk.width > 0 && desk.height > 0 && beside >= leastShare * alone;
}
