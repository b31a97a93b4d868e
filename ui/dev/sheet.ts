/** How large the invented paper's pages are, for the mock backend and its server alike. */
import type { ManifestPage } from "./drawn-paper.ts";

export const tileSize = 512;
/** Dots per inch at which a page of the press is shown at its largest. */
const dpi = 220;

/** The shape that the mock backend tells for a page. */
export function sheetOf(page: ManifestPage): { width: number; height: number } {
  if (page.pdf === null && page.picture !== null) return { width: page.width * 6, height: page.height * 6 };
  const width = Math.round((page.width / 350) * 15.4 * dpi);
  const height = Math.round((width * page.height) / page.width);
  return { width, height };
}
