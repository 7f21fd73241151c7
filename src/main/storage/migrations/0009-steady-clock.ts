/**
 * Since when the system's clock has been seen to go on as clocks do. What is stamped much later than it says is brought
 * back only once that was on another day.
 */
export const steadyClock = `
-- What it said then; null while a leap is doubted, and before the first look.
ALTER TABLE believed_clock ADD COLUMN steady_ms INTEGER;
`
