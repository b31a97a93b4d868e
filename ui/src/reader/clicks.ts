/** Tells a click from a double click without making either wait for long. */

export type Click = { x: number; y: number; at: number; finger?: boolean };

/** A second click this soon and this near belongs to the first. */
const together = { milliseconds: 450, pixels: 12 };
/** A finger does not come down twice on the same spot. */
const fingerPixels = 36;
/** How long opening an article beside the page waits for a second click, since it moves the page under the pointer. */
export const openingPause = 230;

export function isSecond(first: Click | null, click: Click): boolean {
  if (!first) return false;
  const near = Math.hypot(click.x - first.x, click.y - first.y) <= (click.finger ? fingerPixels : together.pixels);
  return near && click.at - first.at <= together.milliseconds;
}
