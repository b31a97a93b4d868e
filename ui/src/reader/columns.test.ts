import { describe, expect, test } from "vitest";
import { columnsOf, type Grey } from "./columns";
import type { Point, Rect } from "./geometry";

/** A page of so many pixels with print in these places, given in pixels; print is lines of ink with white between. */
function printed(places: readonly (Rect & { solid?: boolean; photograph?: boolean })[], ground = 250, ink = 20): Grey {
  const [width, height] = [400, 600];
  const values = new Uint8Array(width * height).fill(ground);
  for (const { left, top, solid, photograph, ...size } of places) {
    for (let y = top; y < top + size.height; y++) {
      for (let x = left; x < left + size.width; x++) {
        if (photograph) values[y * width + x] = (x * 7 + y * 13) % 190;
        // Characters on a grid, a pixel apart.
        else if (solid || (y % 6 < 3 && x % 7 < 6)) values[y * width + x] = ink;
      }
    }
  }
  return { width, height, values };
}

const box = (left: number, top: number, right: number, bottom: number): Point[] => [[left / 400, top / 600], [right / 400, top / 600], [right / 400, bottom / 600], [left / 400, bottom / 600]];
const pixels = (parts: Rect[] | null) => parts?.map(({ left, top, width, height }) => [left * 400, top * 600, width * 400, height * 600].map(Math.round)) ?? null;
const text = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });
const block = box(20, 20, 380, 580);

describe("columns of print", () => {
  const three = [text(22, 100, 110, 470), text(142, 100, 112, 470), text(264, 100, 112, 470)];

  test("below a headline across them, after it", () => {
    const found = pixels(columnsOf(printed([{ ...text(30, 30, 330, 50), solid: true }, ...three]), block));
    expect(found?.length).toBe(4);
    const [head, ...columns] = found as number[][];
    expect(head?.[1]).toBe(20);
    expect((head?.[1] ?? 0) + (head?.[3] ?? 0)).toBeLessThanOrEqual(100);
    expect((head?.[1] ?? 0) + (head?.[3] ?? 0)).toBeGreaterThanOrEqual(80);
    for (const [index, { left, width }] of three.entries()) {
      expect(Math.abs((columns[index]?.[0] ?? 0) - left)).toBeLessThan(3);
      expect(Math.abs((columns[index]?.[2] ?? 0) - width)).toBeLessThan(4);
    }
  });

  test("below a picture that leaves them little room, the last of them half empty", () => {
    const [first, second, third] = three.map(({ left, width }) => text(left, 440, width, 130));
    const print = [{ ...text(22, 25, 354, 400), photograph: true }, first, second, { ...third, height: 60 }] as Parameters<typeof printed>[0];
    const found = pixels(columnsOf(printed(print), block)) ?? [];
    expect(found.length).toBe(4);
    expect(found.slice(1).map(([left]) => Math.round((left ?? 0) / 20))).toEqual([1, 7, 13]);
  });

  test("not in a few lines whose characters happen to leave white between them", () => {
    expect(columnsOf(printed([text(22, 30, 170, 20), text(200, 30, 170, 20)]), box(20, 28, 380, 52))).toBeNull();
  });

  test("on a tint, and white upon black", () => {
    for (const [ground, ink] of [[180, 20], [10, 240]] as const) expect(pixels(columnsOf(printed(three, ground, ink), block))?.length).toBe(3);
  });

  test("with a hairline between them", () => {
    const lines = [136, 258].map((left) => ({ ...text(left, 100, 1, 470), solid: true }));
    expect(pixels(columnsOf(printed([...three, ...lines]), block))?.length).toBe(3);
  });

  test("a column beside a headline begins at the block's top", () => {
    const print = [{ ...text(22, 25, 232, 60), solid: true }, text(22, 100, 110, 470), text(142, 100, 112, 470), text(264, 25, 112, 545)];
    const found = pixels(columnsOf(printed(print), block)) ?? [];
    expect(found.map(([left, top]) => [Math.round((left ?? 0) / 20), (top ?? 0) < 50])).toEqual([[1, true], [1, false], [7, false], [13, true]]);
  });

  test("the quarter that a bent block has not is no column", () => {
    const bent: Point[] = [[20 / 400, 20 / 600], [256 / 400, 20 / 600], [256 / 400, 300 / 600], [380 / 400, 300 / 600], [380 / 400, 580 / 600], [20 / 400, 580 / 600]];
    const others = { ...text(264, 20, 112, 275), solid: true };
    expect(pixels(columnsOf(printed([text(22, 24, 110, 550), text(142, 24, 112, 550), text(264, 305, 112, 270), others]), bent))?.length).toBe(3);
  });

  test("none in one column, in a picture, in nothing, in a block without a place", () => {
    expect(columnsOf(printed([text(22, 30, 350, 540)]), block)).toBeNull();
    expect(columnsOf(printed([{ ...text(20, 20, 360, 560), solid: true }]), block)).toBeNull();
    expect(columnsOf(printed([]), block)).toBeNull();
    expect(columnsOf(printed(three), box(20, 20, 20, 580))).toBeNull();
    expect(columnsOf({ width: 0, height: 0, values: new Uint8Array() }, block)).toBeNull();
  });
});
