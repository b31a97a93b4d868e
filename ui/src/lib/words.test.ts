import { afterEach, expect, test } from "vitest";
import { fill, say, systemLocale, words } from "./words.svelte";

afterEach(() => {
  words.locale = "zh-CN";
});

test("words follow the language without a reload", () => {
  expect(say("next_page")).toBe("下一版");
  words.locale = "en";
  expect(say("next_page")).toBe("Next page");
});

test("values are put in, one and many are told apart", () => {
  words.locale = "en";
  expect(say("cover_pages", { count: 1 })).toBe("1 page");
  expect(say("cover_pages", { count: 8 })).toBe("8 pages");
  expect(fill("{a} {b} {a}", "en", { a: "x" })).toBe("x {b} x");
});

test("a value with braces or markup in it stays what it is", () => {
  expect(fill("{name}!", "zh-CN", { name: "{name}<b>$&" })).toBe("{name}<b>$&!");
});

test.each([[["zh-CN"], "zh-CN"], [["en-GB", "zh"], "en"], [["zh-TW", "en"], "zh-TW"], [["zh-Hant-HK"], "zh-TW"], [["zh-HK"], "zh-TW"], [["zh-Hans-HK"], "zh-CN"], [["ja"], "zh-CN"], [[], "zh-CN"]] as const)("%j begins in %s", (asked, locale) => {
  expect(systemLocale(asked)).toBe(locale);
});
