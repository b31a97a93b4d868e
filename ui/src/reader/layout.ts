/** How pages lie on the desk: side by side as the paper lies open, or all of them below each other in one roll. Pure. */

/** A page's top left corner; every page is one unit wide. */
export type Spot = { readonly x: number; readonly y: number };

/** From where to where along the roll, in units. */
export type Span = { readonly top: number; readonly height: number };

/** Air between two pages of a roll. */
const gap = 0.025;

/** Pages below each other begin at whole multiples of `grain`, so that a screen's pixels can lie upon theirs. */
export function spots(aspects: readonly number[], rolled: boolean, grain = 0): Spot[] {
  if (!rolled) return aspects.map((_, index) => ({ x: index, y: 0 }));
  let y = 0;
  return aspects.map((aspect) => {
    const spot = { x: 0, y: grain > 0 ? Math.round(y / grain) * grain : y };
    y = spot.y + aspect + gap;
    return spot;
  });
}

/** How wide and high all pages are together. */
export function extent(aspects: readonly number[], at: readonly Spot[], rolled: boolean): { width: number; height: number } {
  const height = Math.max(0, ...aspects.map((aspect, index) => (at[index]?.y ?? 0) + aspect));
  return { width: rolled ? 1 : Math.max(1, aspects.length), height: height || Math.SQRT2 };
}

/** How many of its heights a desk is away from a page; nothing where they meet. */
export function distance(page: Span, seen: Span): number {
  return Math.max(0, page.top - (seen.top + seen.height), seen.top - (page.top + page.height)) / seen.height;
}

/**
 * Which page is being read: the one before while it is wholly seen, else the one of which there is most on the desk.
 */
export function pageInSight(pages: readonly Span[], seen: Span, before: number): number {
  const share = (page: Span) => Math.min(page.top + page.height, seen.top + seen.height) - Math.max(page.top, seen.top);
  const kept = pages[before];
  if (kept && share(kept) >= kept.height - 1e-6) return before;
  let best = before;
  let most = kept ? share(kept) : -Infinity;
  for (const [index, page] of pages.entries()) {
    if (share(page) > most + 1e-6) [best, most] = [index, share(page)];
  }
  return best;
}
