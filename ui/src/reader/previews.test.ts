import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Previews } from "./previews";

let asked: string[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal(
    "Image",
    class {
      set src(address: string) {
        asked.push(address);
      }
      decode = () => (asked.at(-1)?.includes("broken") ? Promise.reject(new Error("not a picture")) : Promise.resolve());
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

test("a picture is asked for once, for as long as it is kept", async () => {
  const previews = new Previews();
  const first = await previews.of("page://01");
  expect(await previews.of("page://01")).toBe(first);
  await previews.of("page://02");
  previews.keep(["page://02", "page://03"]);
  await previews.of("page://02");
  expect(asked).toEqual(["page://01", "page://02"]);
  expect(await previews.of("page://01")).not.toBe(first);
});

test("one that did not come is asked for again", async () => {
  const previews = new Previews();
  await expect(previews.of("page://broken")).rejects.toThrow("not a picture");
  await expect(previews.of("page://broken")).rejects.toThrow("not a picture");
  expect(asked).toHaveLength(2);
});
