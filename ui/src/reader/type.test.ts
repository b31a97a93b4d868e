import { expect, test } from "vitest";
import { runs } from "./type";

test("a character that no font knows stands by itself", () => {
  expect(runs("朱\ue0c7基先生")).toEqual([
    { text: "朱", known: true },
    { text: "\ue0c7", known: false },
    { text: "基先生", known: true },
  ]);
  expect(runs("\u{f0001}\ufffd").map(({ known }) => known)).toEqual([false, false]);
});

test("rare characters that have a number of their own are known", () => {
  for (const text of ["𠮷野家", "𪚥", "㐂", "①2 “引”", "", "一\n二"]) {
    expect(runs(text)).toEqual(text ? [{ text, known: true }] : []);
  }
});
