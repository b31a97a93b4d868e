import { beforeEach, expect, test, vi } from "vitest";
import type { ArticleView } from "../lib/bindings";
import { backend, Problem } from "../lib/backend";
import { issue } from "./fixtures";
import { Reader } from "./reader.svelte";

vi.mock("../lib/backend", async (original) => ({
  ...(await original<typeof import("../lib/backend")>()),
  backend: { readArticle: vi.fn(), savePlace: vi.fn(() => Promise.resolve(null)), openIssue: vi.fn() },
}));

const text = (id: string) => ({ id, headline: id }) as ArticleView;

beforeEach(() => {
  vi.mocked(backend.readArticle).mockReset().mockImplementation((id) => Promise.resolve(text(id)));
  vi.mocked(backend.savePlace).mockClear();
});

test("going through the articles turns the pages with them", async () => {
  const reader = new Reader(issue());
  const visited: [string, string][] = [];
  for (let n = 0; n < 5; n++) {
    await reader.openBeside(1);
    visited.push([reader.marked ?? "", reader.number]);
  }
  expect(visited).toEqual([["a", "01"], ["b", "01"], ["c", "01"], ["d", "02"], ["d", "02"]]);
  await reader.openBeside(-1);
  expect([reader.marked, reader.number]).toEqual(["c", "01"]);
});

test("the page stays when the open article is on it too", async () => {
  const reader = new Reader(issue(), "02");
  await reader.open("a");
  expect(reader.number).toBe("02");
  expect(reader.article?.id).toBe("a");
});

test("opening an article marks it as read", async () => {
  const reader = new Reader(issue());
  await reader.open("b");
  expect(reader.card("b")?.read).toBe(true);
  expect(reader.card("a")?.read).toBe(false);
});

test("of two articles asked for, the later one is shown, whichever answers last", async () => {
  const answers: Record<string, (article: ArticleView) => void> = {};
  vi.mocked(backend.readArticle).mockImplementation((id) => new Promise((resolve) => (answers[id] = resolve)));
  const reader = new Reader(issue());
  const opening = [reader.open("a"), reader.open("b")];
  answers["b"]?.(text("b"));
  answers["a"]?.(text("a"));
  await Promise.all(opening);
  expect([reader.article?.id, reader.marked]).toEqual(["b", "b"]);
});

test("an article that does not open leaves the mark where it was, and says why", async () => {
  const reader = new Reader(issue());
  await reader.open("a");
  vi.mocked(backend.readArticle).mockRejectedValue(new Problem({ code: "noSuchArticle", detail: "b" }));
  await reader.open("b");
  expect([reader.article?.id, reader.marked, reader.problem?.code]).toEqual(["a", "a", "noSuchArticle"]);
});

test("closing while an article is on its way keeps it closed", async () => {
  const reader = new Reader(issue());
  const opening = reader.open("a");
  reader.close();
  await opening;
  expect([reader.article, reader.marked]).toEqual([null, null]);
});

test("an issue opens where it was left", async () => {
  const reader = new Reader({ ...issue(), place: { page: "02", article: "d", scroll: 0.4 } });
  await vi.waitFor(() => expect(reader.article?.id).toBe("d"));
  expect([reader.number, reader.scroll]).toEqual(["02", 0.4]);
});

test("a place that is no longer there is forgotten", () => {
  const reader = new Reader({ ...issue(), place: { page: "12", article: "zz", scroll: 0.4 } });
  expect([reader.number, reader.marked, reader.scroll]).toEqual(["01", null, 0]);
});

test("the place is kept, once, after the reader came to rest", async () => {
  vi.useFakeTimers();
  const reader = new Reader(issue());
  reader.turn(1);
  reader.turn(1);
  reader.goToEnd("first");
  reader.turn(1);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(vi.mocked(backend.savePlace).mock.calls).toEqual([["slrb", "2026-11-24", { page: "02", article: null, scroll: 0 }]]);
});
