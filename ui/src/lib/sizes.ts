/** Amounts of bytes in words. */
export function bytes(count: number): string {
  if (count < 1024 * 1024) return `${Math.max(1, Math.round(count / 1024))} KB`;
  return `${(count / 1024 / 1024).toFixed(1)} MB`;
}
