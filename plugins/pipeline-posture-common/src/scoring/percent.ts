/**
 * Rounds down a share of hundred; the tolerance is far below the smallest step that weights can make, and keeps 100 × 0.29 at 29.
 */
export const floorPercent = (value: number) => Math.floor(value + 1e-9);
