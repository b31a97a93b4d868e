import { expect, test } from "vitest";
import type { CalendarDay } from "../lib/bindings";
import { addMonths, dayInMonth, monthTitle, moved, span, toFetch, weekdays, weeks } from "./month";
import { besideLarge, coverSizes } from "./sizes";

const day = (date: string, state: CalendarDay["state"] = "unknown"): CalendarDay => ({ date, state, pages: 0, pagesKept: 0 });
const november = Array.from({ length: 30 }, (_, index) => day(`2026-11-${String(index + 1).padStart(2, "0")}`));

test("a month is laid in weeks from Monday to Sunday", () => {
  const laid = weeks(november);
  // The first of November 2026 is a Sunday.
  expect(laid[0]?.map((cell) => cell?.date ?? "")).toEqual(["", "", "", "", "", "", "2026-11-01"]);
  expect(laid.at(-1)?.[0]?.date).toBe("2026-11-30");
  expect(laid.every((week) => week.length === 7)).toBe(true);
  expect(weeks([])).toEqual([]);
});

test("keys lead over days, weeks, months and years", () => {
  expect(moved("2026-11-01", "ArrowLeft")).toBe("2026-10-31");
  expect(moved("2026-12-31", "ArrowRight")).toBe("2027-01-01");
  expect(moved("2026-11-24", "ArrowUp")).toBe("2026-11-17");
  expect(moved("2026-11-24", "Home")).toBe("2026-11-23");
  expect(moved("2026-11-24", "End")).toBe("2026-11-29");
  expect(moved("2026-03-31", "PageUp")).toBe("2026-02-28");
  expect(moved("2026-12-31", "PageDown")).toBe("2027-01-31");
  expect(moved("2026-11-24", "a")).toBeNull();
  expect([addMonths("2026-01", -1), addMonths("2026-12", 1), dayInMonth("2026-11-30", "2028-02")]).toEqual(["2025-12", "2027-01", "2028-02-29"]);
});

test("a span tells what fetching it would bring", () => {
  const days = [day("2026-11-19", "onSite"), day("2026-11-20", "onSite"), day("2026-11-21", "absent"), day("2026-11-22", "partly"), day("2026-11-23", "here"), day("2026-11-24")];
  expect(toFetch(days, span("2026-11-24", "2026-11-20"))).toEqual({ known: 2, unknown: 1, here: 1 });
});

test("months and weekdays in both languages", () => {
  expect([monthTitle("2026-11", "zh-CN"), monthTitle("2026-11", "en")]).toEqual(["2026年11月", "November 2026"]);
  expect(weekdays("zh-CN").map(({ short }) => short).join("")).toBe("一二三四五六日");
  expect(weekdays("en")[0]).toEqual({ short: "Mon", long: "Monday" });
});

test("covers fit their window, and a shelf shows as many days as it has room for", () => {
  for (const [width, height] of [[1280, 800], [1920, 1080], [1080, 1920], [3840, 2160], [480, 480]] as const) {
    for (const publications of [1, 12]) {
      const sizes = coverSizes(width, height, publications);
      expect(sizes.large).toBeLessThanOrEqual(Math.max(240, Math.round(height * 0.42)));
      expect(sizes.small).toBeLessThan(sizes.large);
      const { shelf } = sizes;
      expect(shelf + 2 * sizes.side).toBe(width);
      const count = besideLarge(sizes, 0.7);
      expect(count).toBeGreaterThan(0);
      const columns = Math.ceil(count / sizes.rows);
      if (width > 1000) expect(sizes.large * 0.7 + 44 + columns * (sizes.small * 0.7 + 28) - 28).toBeLessThanOrEqual(shelf);
    }
  }
});
