/** How large covers are, and how many of the days before fit beside the newest. */

export type CoverSizes = {
  /** What is left free on either side of the shelves, and how wide they are. */
  readonly side: number;
  readonly shelf: number;
  /** Heights in pixels. */
  readonly large: number;
  readonly small: number;
  /** Rows of small covers beside a large one. */
  readonly rows: number;
};

/** From so many newspapers on, each takes less room. */
const many = 4;
/** A date and its weekday below a small cover. */
const narrowestCaption = 122;
const gapBesideLarge = 44;
const gapBetween = 28;
const narrowestSide = 32;

const between = (least: number, value: number, most: number) => Math.round(Math.min(most, Math.max(least, value)));

export function coverSizes(width: number, height: number, publications: number): CoverSizes {
  const crowded = publications >= many;
  const large = crowded
    ? between(200, Math.min(height * 0.3, width * 0.34), 620)
    : between(240, Math.min(height * 0.42, width * 0.46), 860);
  const side = Math.max(narrowestSide, Math.round((width - Math.max(1560, width * 0.8)) / 2));
  return { side, shelf: width - 2 * side, large, small: between(120, large * (crowded ? 0.56 : 0.42), 420), rows: crowded ? 1 : 2 };
}

/** The small covers of a newspaper that has few of them. */
export function fewer(sizes: CoverSizes): CoverSizes {
  return { ...sizes, rows: 1, small: Math.max(sizes.small, Math.round(sizes.large * 0.64)) };
}

/** How many small covers of this shape fit on a shelf, beside the large one. */
export function besideLarge(sizes: CoverSizes, shape: number): number {
  const room = sizes.shelf - Math.max(sizes.large * shape, narrowestCaption) - gapBesideLarge + gapBetween;
  const each = Math.max(sizes.small * shape, narrowestCaption) + gapBetween;
  const columns = Math.floor(room / each);
  // On a narrow window they go below, as many as one row holds.
  return columns >= 1 ? columns * sizes.rows : Math.max(1, Math.floor((sizes.shelf + gapBetween) / each));
}
