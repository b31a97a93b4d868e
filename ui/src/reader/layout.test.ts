import { describe, expect, test } from "vitest";
import { distance, extent, pageInSight, spots } from "./layout";

describe("how pages lie", () => {
  test("side by side", () => {
    const at = spots([1.4, 1.5], false);
    expect(at).toEqual([{ x: 0, y: 0 }, { x: 1, y: 0 }]);
    expect(extent([1.4, 1.5], at, false)).toEqual({ width: 2, height: 1.5 });
    expect(extent([], [], false)).toEqual({ width: 1, height: Math.SQRT2 });
  });

  test("below each other, with air between, none upon another", () => {
    const aspects = [1.4, 0.7, 1.5];
    const at = spots(aspects, true);
    expect(at.map(({ x }) => x)).toEqual([0, 0, 0]);
    for (let index = 1; index < at.length; index++) {
      const air = (at[index]?.y ?? 0) - (at[index - 1]?.y ?? 0) - (aspects[index - 1] ?? 0);
      expect(air).toBeGreaterThan(0.02);
      expect(air).toBeLessThan(0.03);
    }
    expect(extent(aspects, at, true)).toEqual({ width: 1, height: (at[2]?.y ?? 0) + 1.5 });
  });

  test("a roll's pages begin on whole pixels", () => {
    const grain = 1 / 733;
    for (const { y } of spots([1.4142, 1.39, 1.5, 0.71], true, grain)) expect(Math.abs(y / grain - Math.round(y / grain))).toBeLessThan(1e-6);
  });
});

describe("what is near, and what is read", () => {
  const pages = [{ top: 0, height: 1.4 }, { top: 1.42, height: 1.4 }, { top: 2.84, height: 0.6 }];

  test("a page on the desk is near, one beyond it as far as the desks between", () => {
    expect(pages.map((page) => distance(page, { top: 0.5, height: 0.5 }))).toEqual([0, expect.closeTo(0.84), expect.closeTo(3.68)]);
    expect(distance(pages[0] ?? { top: 0, height: 0 }, { top: 2.4, height: 0.5 })).toBeCloseTo(2);
  });

  test("the page of which most is seen", () => {
    const at = (top: number, before: number) => pageInSight(pages, { top, height: 0.8 }, before);
    expect([at(0, 0), at(0.9, 0), at(1.1, 0), at(1.6, 0)]).toEqual([0, 0, 1, 1]);
    // At the roll's end a short last page is read once it is reached, and until it is no longer whole.
    expect([at(2.64, 2), at(2.64, 1), at(2.2, 2)]).toEqual([2, 2, 1]);
    expect(pageInSight([], { top: 0, height: 1 }, 0)).toBe(0);
  });

  test("a page that was gone to stays the open one while it is whole, though another is seen more of", () => {
    expect(pageInSight(pages, { top: 2.0, height: 1.5 }, 2)).toBe(2);
    expect(pageInSight(pages, { top: 1.9, height: 1.5 }, 2)).toBe(1);
  });
});
