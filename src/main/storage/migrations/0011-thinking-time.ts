/** How long an answer thought before its first words. Of those written earlier that is not known. */
export const thinkingTime = `
ALTER TABLE message ADD COLUMN thought_from_ms INTEGER;
-- Null while it thinks, and where it was cut off by a kill.
ALTER TABLE message ADD COLUMN thought_to_ms INTEGER;
`
