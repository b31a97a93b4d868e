/** How many of the screen's pixels a CSS pixel has, the interface's scale counted in. */

let zoom = 1;

/** The interface's scale, in percent, as the shell zooms the window. */
export function scaled(percent: number): void {
  zoom = percent / 100;
}

export function density(): number {
  // Chromium counts a page's zoom in `devicePixelRatio`; WebKit leaves it out.
  const countsZoom = /\bChrome\//.test(navigator.userAgent);
  return window.devicePixelRatio * (countsZoom ? 1 : zoom);
}
