/** How an article's text may be set, and what no font can show. Pure. */

/** From line to line, in percent of the size. */
export const leadings = [165, 185, 210] as const;

/** Characters that a newspaper drew for itself, or that were lost on the way: no font knows them. */
const unknown = /([\ue000-\uf8ff\ufffd\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}])/u;

export type Run = { readonly text: string; readonly known: boolean };

/** Text in runs, each character that no font knows by itself. */
export function runs(text: string): Run[] {
  const parts = text.split(unknown);
  return parts.flatMap((part, index) => (part ? [{ text: part, known: index % 2 === 0 }] : []));
}
