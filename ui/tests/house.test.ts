/** Rules of the house that no compiler holds: messages complete and used, one door to Tauri, no markup from outside. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import en from "../messages/en.json";
import zhCN from "../messages/zh-CN.json";
import zhTW from "../messages/zh-TW.json";
import { locales } from "../src/lib/words.svelte";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith(".test.ts"))
  .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(root, "src", path), "utf8") }));

const others: [string, Record<string, unknown>][] = [
  ["zh-TW", zhTW],
  ["en", en],
];

const values = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{(\w+)\}/g) ?? [])].sort();

test.each(others)("%s has the same messages", (_, other) => {
  expect(Object.keys(other)).toEqual(Object.keys(zhCN));
});

test.each(others)("a message takes the same values in %s", (_, other) => {
  // English may leave the count to its form for one.
  for (const [key, message] of Object.entries(zhCN)) expect([key, values(other[key])]).toEqual([key, values(message)]);
});

test("every language's own file is one that the interface offers", () => {
  const files = readdirSync(join(root, "messages")).map((file) => file.replace(/\.json$/, ""));
  expect(files.sort()).toEqual([...locales].sort());
});

test("every message is used", () => {
  const everything = sources.map(({ text }) => text).join("\n");
  const unused = Object.keys(zhCN).filter((key) => !everything.includes(`"${key}"`) && !everything.includes(`'${key}'`));
  expect(unused).toEqual([]);
});

test("no Chinese words outside the message files", () => {
  const spoken = sources.flatMap(({ path, text }) => {
    const bare = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, "").replaceAll(/<h1 lang="zh-CN">看报<\/h1>/g, "");
    return /[\u4e00-\u9fff]/.test(bare) && !path.endsWith("fixtures.ts") ? [path] : [];
  });
  expect(spoken.filter((path) => !["lib/dates.ts", "app/finding.ts"].includes(path))).toEqual([]);
});

test("only the generated bindings import Tauri, only the viewer imports OpenSeadragon", () => {
  const importing = (what: RegExp) => sources.filter(({ text }) => what.test(text)).map(({ path }) => path);
  expect(importing(/from "@tauri-apps/)).toEqual(["lib/bindings.ts"]);
  expect(importing(/from "openseadragon"/)).toEqual(["reader/viewer.ts"]);
});

test("no text becomes markup", () => {
  expect(sources.filter(({ text }) => /\{@html|innerHTML/.test(text)).map(({ path }) => path)).toEqual([]);
});

test("the page that the window loads has no script or style inside", () => {
  const page = readFileSync(join(root, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);
});
