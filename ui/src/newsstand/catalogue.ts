/** What the list of newspapers is made of: its groups, and where the keys may go. */
import type { CataloguePaper } from "../lib/bindings";

export type Row = { paper: CataloguePaper; row: number };

/** What is known not to be readable is shown, and cannot be picked. */
export const pickable = (paper: CataloguePaper): boolean => paper.readable !== false;

/** Newspapers under their provinces, in the order in which they come. */
export function byRegion(papers: CataloguePaper[]): { region: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  papers.forEach((paper, row) => {
    const region = paper.region?.split(" ")[0] ?? "";
    const rows = groups.get(region);
    if (rows) rows.push({ paper, row });
    else groups.set(region, [{ paper, row }]);
  });
  return [...groups].map(([region, rows]) => ({ region, rows }));
}

/** From a row so many pickable rows on or back, no further than the last of them; -1 where there is none. */
export function step(papers: CataloguePaper[], from: number, by: number): number {
  const rows = papers.flatMap((paper, row) => (pickable(paper) ? [row] : []));
  const beyond = rows.filter((row) => (by > 0 ? row > from : row < from));
  if (beyond.length === 0) return rows.includes(from) ? from : (rows[0] ?? -1);
  return (by > 0 ? beyond[Math.min(by, beyond.length) - 1] : beyond.at(Math.max(by, -beyond.length))) ?? -1;
}
