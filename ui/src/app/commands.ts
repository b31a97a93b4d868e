/** What each command of the table does. */
import { commandFor, type Command } from "../shared/shortcuts";
import type { App } from "./app.svelte";

/** How far an arrow key moves a zoomed page, in pixels. */
const panStep = 90;

/** Runs the command of a key press, unless the key belongs to what has the focus. */
export function runCommand(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || belongsToFocus(event)) return;
  const command = commandFor(event, app.reader ? "reader" : "anywhere");
  if (command === null) return;
  event.preventDefault();
  run(app, command);
}

function belongsToFocus({ target, key }: KeyboardEvent): boolean {
  // An open sheet keeps the keys to itself, Escape included, even when nothing in it has the focus.
  if (document.querySelector("dialog[open]")) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, textarea, select")) return key !== "Escape";
  return key === " " && target.matches("button, summary, a");
}

function run(app: App, command: Command): void {
  const { reader, settings } = app;
  switch (command) {
    case "help":
      app.keysOpen = true;
      return;
    case "back":
      app.back();
      return;
    case "rail":
      settings.toggleRail();
      return;
    case "fullScreen":
      app.setAlone(!app.alone);
      return;
    case "textLarger":
      settings.textLarger();
      return;
    case "textSmaller":
      settings.textSmaller();
      return;
    case "nextIssue":
      void app.openIssueBeside(1);
      return;
    case "previousIssue":
      void app.openIssueBeside(-1);
      return;
  }
  if (!reader) return;
  const zoomed = reader.percent > 100;
  switch (command) {
    case "nextPage":
      reader.turn(1);
      return;
    case "previousPage":
      reader.turn(-1);
      return;
    case "firstPage":
      reader.goToEnd("first");
      return;
    case "lastPage":
      reader.goToEnd("last");
      return;
    case "nextArticle":
      void reader.openBeside(1);
      return;
    case "previousArticle":
      void reader.openBeside(-1);
      return;
    case "zoomIn":
      reader.controls?.zoom(1);
      return;
    case "zoomOut":
      reader.controls?.zoom(-1);
      return;
    case "zoomDefault":
      reader.controls?.whole();
      return;
    case "panLeft":
      if (zoomed) reader.controls?.pan(-panStep, 0);
      else reader.turn(-1);
      return;
    case "panRight":
      if (zoomed) reader.controls?.pan(panStep, 0);
      else reader.turn(1);
      return;
    case "panUp":
      if (zoomed) reader.controls?.pan(0, -panStep);
      else reader.scrollText?.(-0.1);
      return;
    case "panDown":
      if (zoomed) reader.controls?.pan(0, panStep);
      else reader.scrollText?.(0.1);
      return;
    case "scrollOn":
      reader.scrollText?.(0.85);
      return;
    case "scrollBack":
      reader.scrollText?.(-0.85);
      return;
  }
}
