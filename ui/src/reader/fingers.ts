/**
 * Fingers as pointer events where there are none: WebKit on Linux told of fingers by touch events alone until 2.52
 * (WebKit pull request 54407), and what handles the page listens to pointers.
 */

const types = { touchstart: "pointerdown", touchmove: "pointermove", touchend: "pointerup", touchcancel: "pointercancel" } as const;

/** Far from the numbers that real pointers have. */
const firstPointer = 1000;

/** Makes pointer events of the touch events on an element, unless it gets both. Returns how to stop. */
export function pointersOfFingers(element: HTMLElement): () => void {
  /** This window has pointer events for fingers. */
  let known = false;

  function heard(event: PointerEvent) {
    if (event.isTrusted && event.pointerType === "touch") known = true;
  }

  function touched(event: TouchEvent) {
    // The webview would scale the whole window under two fingers, and make mouse events of one.
    if (event.cancelable) event.preventDefault();
    if (known) return;
    const type = types[event.type as keyof typeof types];
    for (const touch of event.changedTouches) {
      const down = type === "pointerdown";
      const pointer = new PointerEvent(type, {
        pointerId: firstPointer + touch.identifier,
        pointerType: "touch",
        isPrimary: event.touches.length <= 1,
        clientX: touch.clientX,
        clientY: touch.clientY,
        screenX: touch.screenX,
        screenY: touch.screenY,
        button: type === "pointermove" ? -1 : 0,
        buttons: down || type === "pointermove" ? 1 : 0,
        bubbles: true,
        cancelable: true,
        composed: true,
      });
      touch.target.dispatchEvent(pointer);
    }
  }

  const names = Object.keys(types) as (keyof typeof types)[];
  element.addEventListener("pointerdown", heard, { capture: true });
  for (const name of names) element.addEventListener(name, touched, { passive: false });
  return () => {
    element.removeEventListener("pointerdown", heard, { capture: true });
    for (const name of names) element.removeEventListener(name, touched);
  };
}
