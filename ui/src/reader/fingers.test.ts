// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { pointersOfFingers } from "./fingers";

// jsdom has no pointer events of its own.
class Pointer extends MouseEvent {
  readonly pointerId: number;
  readonly pointerType: string;
  constructor(type: string, init: PointerEventInit) {
    super(type, init);
    this.pointerId = init.pointerId ?? 0;
    this.pointerType = init.pointerType ?? "";
  }
}
vi.stubGlobal("PointerEvent", Pointer);

function touch(target: Element, type: string, x: number): Event {
  const touches = [{ identifier: 0, target, clientX: x, clientY: 5, screenX: x, screenY: 5 }];
  const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), { touches, changedTouches: touches });
  target.dispatchEvent(event);
  return event;
}

test("touches become pointers, and the webview does nothing of its own with them", () => {
  const element = document.createElement("div");
  const heard: string[] = [];
  for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
    element.addEventListener(name, (event) => heard.push(`${name} ${(event as PointerEvent).pointerType} ${(event as PointerEvent).clientX}`));
  }
  const stop = pointersOfFingers(element);
  const stopped = ["touchstart", "touchmove", "touchend", "touchcancel"].map((name, index) => touch(element, name, index).defaultPrevented);
  expect(stopped).toEqual([true, true, true, true]);
  expect(heard).toEqual(["pointerdown touch 0", "pointermove touch 1", "pointerup touch 2", "pointercancel touch 3"]);
  stop();
  expect(touch(element, "touchstart", 9).defaultPrevented).toBe(false);
  expect(heard.length).toBe(4);
});
