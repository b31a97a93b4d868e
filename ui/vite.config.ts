/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { inventedPaper } from "./dev/invented-paper.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Mode `mock` swaps the generated bindings for an invented backend, so that every screen can be worked on in a browser.
export default defineConfig(({ mode }) => ({
  plugins: [svelte(), mode === "mock" ? inventedPaper(here("../src-tauri/crates/press/paper")) : []],
  resolve: {
    alias: mode === "mock" ? [{ find: /^\.\/bindings$/, replacement: here("./dev/mock.ts") }] : [],
    // Component tests run in jsdom and need Svelte's browser half.
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: ["safari16", "chrome105"],
    // Everything comes from inside the program; inlined data: URLs would only make the script larger.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  test: { include: ["src/**/*.test.ts", "tests/**/*.test.ts"] },
}));
