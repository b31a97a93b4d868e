import { beforeEach, expect, test, vi } from "vitest";
import type { PublicationCard, SyncProgress } from "../lib/bindings";
import { backend, Problem } from "../lib/backend";
import { Stand } from "./stand.svelte";

vi.mock("../lib/backend", async (original) => ({
  ...(await original<typeof import("../lib/backend")>()),
  backend: { newsstand: vi.fn(), addPublication: vi.fn(), removePublication: vi.fn(), sync: vi.fn(), cancelSync: vi.fn() },
}));

const publication = (id: string): PublicationCard => ({ id, name: id, url: `http://example.cn/${id}/`, copyright: null, readsLess: null, issues: [] });

function progress(change: Partial<SyncProgress>): SyncProgress {
  return {
    run: 1,
    state: "fetching",
    publication: "slrb",
    name: "示例日报",
    date: "2026-11-24",
    pages: 0,
    pagesTotal: 8,
    articles: 0,
    bytes: 0,
    issues: 0,
    issuesTotal: 1,
    problem: null,
    notPublishedYet: false,
    ...change,
  };
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(backend.newsstand).mockResolvedValue({ publications: [publication("slrb")], continueReading: null });
  vi.mocked(backend.sync).mockResolvedValue(1);
});

test("a newspaper that was added is fetched at once", async () => {
  vi.mocked(backend.addPublication).mockResolvedValue([publication("slrb"), publication("slwb")]);
  await new Stand().add("http://example.cn/");
  expect(vi.mocked(backend.sync).mock.calls.map(([id]) => id)).toEqual(["slrb", "slwb"]);
});

test("a newspaper that was not found is the field's problem, not the newsstand's", async () => {
  vi.mocked(backend.addPublication).mockRejectedValue(new Problem({ code: "notANewspaper", detail: "" }));
  const stand = new Stand();
  await expect(stand.add("http://example.cn/")).rejects.toThrow(Problem);
  expect(stand.problem).toBeNull();
});

test("a sync runs from its first word to its last", () => {
  const stand = new Stand();
  expect(stand.syncing).toBe(false);
  stand.heard(progress({ state: "looking" }));
  expect([stand.syncing, stand.isRunning("slrb"), stand.isRunning("slwb")]).toEqual([true, true, false]);
  stand.heard(progress({ state: "done" }));
  expect(stand.syncing).toBe(false);
});

test("a late word of an earlier run is not believed", () => {
  const stand = new Stand();
  stand.heard(progress({ run: 2, pages: 5 }));
  stand.heard(progress({ run: 1, pages: 8, state: "done" }));
  expect(stand.progress.get("slrb")?.pages).toBe(5);
});

test("covers are looked at again as pages arrive, but not for each", async () => {
  vi.useFakeTimers();
  const stand = new Stand();
  await stand.load();
  vi.mocked(backend.newsstand).mockClear();
  for (let pages = 1; pages <= 8; pages++) stand.heard(progress({ pages }));
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(backend.newsstand).toHaveBeenCalledTimes(1);
});

test("a sync that cannot begin says why", async () => {
  vi.mocked(backend.sync).mockRejectedValue(new Problem({ code: "libraryBusy", detail: "" }));
  const stand = new Stand();
  await stand.sync(null);
  expect([stand.problem?.code, stand.busy]).toEqual(["libraryBusy", false]);
});
