-- A judgement compares an answer's text with the latest ones; most answers have none that is long enough.
CREATE INDEX "answers_texts_idx" ON "answers" ("organization_id", "mode", "type", "id" DESC)
  WHERE cardinality("text_signature") > 0;
CREATE INDEX "answers_texts_of_worker_idx" ON "answers" ("worker_id", "id" DESC)
  WHERE cardinality("text_signature") > 0;
