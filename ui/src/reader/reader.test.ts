import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ArticleView } from "../lib/bindings";
import { backend, Problem } from "../lib/backend";
import { card, issue, page } from "./fixtures";
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
  const reader = new Reader({ ...issue(), place: { page: "02", article: "d", scroll: 0.4, views: [] } });
  await vi.waitFor(() => expect(reader.article?.id).toBe("d"));
  expect([reader.number, reader.scroll]).toEqual(["02", 0.4]);
});

test("an article that is opened again is where it was left", async () => {
  const reader = new Reader(issue());
  await reader.open("a");
  reader.scrolled(0.6);
  await reader.openBeside(1);
  expect([reader.article?.id, reader.scroll]).toEqual(["b", 0]);
  reader.scrolled(0.2);
  await reader.openBeside(-1);
  expect([reader.article?.id, reader.scroll]).toEqual(["a", 0.6]);
  reader.close();
  await reader.open("b");
  expect(reader.scroll).toBe(0.2);
});

test("scrolling on while the next article comes counts for the one that is shown", async () => {
  const reader = new Reader(issue());
  await reader.open("a");
  let answer: (article: ArticleView) => void = () => undefined;
  vi.mocked(backend.readArticle).mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  const opening = reader.open("b");
  reader.scrolled(0.9);
  answer(text("b"));
  await opening;
  expect(reader.scroll).toBe(0);
});

test("in another script the reader stays where they are", async () => {
  const reader = new Reader(issue());
  await reader.open("a");
  reader.scrolled(0.5);
  vi.mocked(backend.openIssue).mockResolvedValue({ ...issue(), name: "示例日報" });
  vi.mocked(backend.readArticle).mockResolvedValue({ ...text("a"), headline: "標題" });
  await reader.reword();
  expect([reader.issue.name, reader.article?.headline, reader.scroll, reader.number]).toEqual(["示例日報", "標題", 0.5, "01"]);
});

test("a place that is no longer there is forgotten", () => {
  const reader = new Reader({ ...issue(), place: { page: "12", article: "zz", scroll: 0.4, views: [] } });
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
  expect(vi.mocked(backend.savePlace).mock.calls).toEqual([["slrb", "2026-11-24", { page: "02", article: null, scroll: 0, views: [] }]]);
});

const view = (factor: number) => ({ fit: "free" as const, factor, x: 0.5, y: 0.25 });

test("what was seen of pages is kept with the place, and found again", () => {
  const reader = new Reader({ ...issue(), place: { page: "02", article: null, scroll: 0, views: [{ page: "01", ...view(3) }] } });
  expect(reader.views.get("01")).toEqual(view(3));
  reader.seen("02", view(2));
  reader.savePlace();
  const views = [{ page: "01", ...view(3) }, { page: "02", ...view(2) }];
  expect(vi.mocked(backend.savePlace).mock.lastCall?.[2]).toEqual({ page: "02", article: null, scroll: 0, views });
});

test("of what was seen only so much is kept, the oldest goes; what is no number is not kept", () => {
  const reader = new Reader(issue());
  for (let n = 0; n < 300; n++) reader.seen(String(n), view(1 + n));
  reader.seen("broken", view(NaN));
  expect([reader.views.size, reader.views.has("0"), reader.views.get("299"), reader.views.has("broken")]).toEqual([200, false, view(300), false]);
});

test("in a roll a page that was scrolled to is the open one, as far as there is one", () => {
  const reader = new Reader(issue());
  reader.scrolledTo("02");
  reader.scrolledTo("99");
  expect([reader.number, reader.nextPage?.number]).toEqual(["02", "03"]);
});

test("the space bar goes on in the open article, else on the page", () => {
  const reader = new Reader(issue());
  const scroll = vi.fn();
  reader.controls = { zoom: vi.fn(), whole: vi.fn(), width: vi.fn(), print: vi.fn(), block: vi.fn(), pan: vi.fn(), scroll };
  reader.scrollOn(0.85);
  reader.scrollText = vi.fn();
  reader.scrollOn(0.5);
  expect([scroll.mock.calls, vi.mocked(reader.scrollText).mock.calls]).toEqual([[[0.85]], [[0.5]]]);
});

const four = () => {
  const pages = [page("01", ["a"]), page("02", ["b"]), page("03", ["c", "b"]), page("04", ["d"])];
  return { ...issue(), pages, articles: [card("a", ["01"]), card("b", ["02", "03"]), card("c", ["03"]), card("d", ["04"])] };
};

test("facing pages are turned together, and an article on both is listed once", () => {
  const reader = new Reader(four());
  reader.facing = true;
  expect([reader.numbers, reader.nextPage?.number, reader.previousPage]).toEqual(["01", "02", null]);
  reader.turn(1);
  expect([reader.numbers, reader.nextPage?.number, reader.previousPage?.number]).toEqual(["02–03", "04", "01"]);
  expect(reader.lists.map(({ articles }) => articles.map(({ id }) => id).join())).toEqual(["b", "c"]);
  reader.goTo("03");
  expect([reader.numbers, reader.nextPage?.number]).toEqual(["02–03", "04"]);
  reader.facing = false;
  expect([reader.numbers, reader.nextPage?.number, reader.previousPage?.number]).toEqual(["03", "04", "02"]);
});

describe("guided reading", () => {
  const desk = { width: 1000, height: 700, aspect: 1.4, printed: 1480 };
  const at = (reader: Reader) => (reader.guided ? `${reader.number} ${reader.guided.block?.article} ${reader.guided.part + 1}/${reader.guided.steps.length}` : "ended");
  const walk = (reader: Reader, way: "next" | "previous", most = 30) => {
    const seen = [at(reader)];
    for (let n = 0; n < most && reader.guided && !(way === "previous" && reader.guided.first); n++) {
      reader.guided[way]();
      seen.push(at(reader));
    }
    return seen;
  };

  test("all blocks of all pages in order, and it ends; back the same way", () => {
    const reader = new Reader(four());
    reader.desk = { ...desk, width: 3000, height: 3000 };
    const whole = vi.fn();
    reader.controls = { zoom: vi.fn(), whole, width: vi.fn(), print: vi.fn(), block: vi.fn(), pan: vi.fn(), scroll: vi.fn() };
    reader.guide();
    const there = walk(reader, "next");
    expect(there).toEqual(["01 a 1/1", "02 b 1/1", "03 c 1/1", "03 b 1/1", "04 d 1/1", "ended"]);
    expect(whole).toHaveBeenCalledOnce();
    reader.guide();
    expect(walk(reader, "previous")).toEqual(there.slice(0, -1).reverse());
  });

  test("a block that does not fit is walked through, and back from its end", () => {
    const reader = new Reader(four());
    reader.desk = desk;
    reader.guide();
    const parts = reader.guided?.steps.length ?? 0;
    expect(parts).toBeGreaterThan(1);
    for (let n = 0; n < parts; n++) reader.guided?.next();
    expect(reader.number).toBe("02");
    reader.guided?.previous();
    expect(at(reader)).toBe(`01 a ${parts}/${parts}`);
  });

  test("it begins at the open article, whose text follows", async () => {
    const reader = new Reader(four());
    reader.desk = { ...desk, width: 3000, height: 3000 };
    await reader.open("c");
    reader.guide();
    expect(at(reader)).toBe("03 c 1/1");
    reader.guide();
    expect(at(reader)).toBe("03 b 1/1");
    await vi.waitFor(() => expect(reader.article?.id).toBe("b"));
  });

  test("a page that is gone to is begun from its first block", () => {
    const reader = new Reader(four());
    reader.desk = { ...desk, width: 3000, height: 3000 };
    reader.guide();
    reader.goTo("03");
    reader.guided?.next();
    expect(at(reader)).toBe("03 b 1/1");
    reader.turn(1);
    expect(at(reader)).toBe("04 d 1/1");
  });

  test("while the reader is led, Space and the arrows lead, other keys do what they do", () => {
    const reader = new Reader(four());
    reader.desk = { ...desk, width: 3000, height: 3000 };
    reader.guide();
    expect(["scrollOn", "panRight", "guided"].map((command) => reader.guided?.takes(command))).toEqual([true, true, true]);
    expect(at(reader)).toBe("03 b 1/1");
    expect(["scrollBack", "panLeft"].map((command) => reader.guided?.takes(command))).toEqual([true, true]);
    expect(at(reader)).toBe("02 b 1/1");
    expect(reader.guided?.takes("zoomIn")).toBe(false);
  });
});
