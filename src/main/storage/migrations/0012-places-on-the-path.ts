/**
 * Where a message stands on the path that leads to it: how many messages come before it, and how many of those are the
 * user's. A message's parent never changes, so neither does its place.
 */
export const placesOnThePath = `
ALTER TABLE message ADD COLUMN before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN questions_before INTEGER NOT NULL DEFAULT 0;
WITH RECURSIVE place (id, before, questions_before, is_question) AS (
  SELECT id, 0, 0, role = 'user' FROM message WHERE parent_id IS NULL
  UNION ALL
  SELECT message.id, place.before + 1, place.questions_before + place.is_question, message.role = 'user'
  FROM place CROSS JOIN message ON message.parent_id = place.id
)
UPDATE message SET before = place.before, questions_before = place.questions_before
FROM place WHERE place.id = message.id AND place.before > 0;
`
