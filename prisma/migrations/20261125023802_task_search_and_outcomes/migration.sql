-- CreateTable
CREATE TABLE "task_search" (
    "task_id" UUID NOT NULL,
    "words" tsvector,

    CONSTRAINT "task_search_pkey" PRIMARY KEY ("task_id")
);

-- CreateTable
CREATE TABLE "task_outcomes" (
    "task_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "mode" "mode" NOT NULL,
    "type" TEXT NOT NULL,
    "status" "task_status" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "wait_seconds" DOUBLE PRECISION,
    "sla_seconds" INTEGER NOT NULL,
    "held_sats" BIGINT NOT NULL,
    "charged_sats" BIGINT NOT NULL,
    "fee_sats" BIGINT NOT NULL,
    "votes" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,
    "stage_rejections" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
    "guess_confidence" DOUBLE PRECISION,
    "guess_right" BOOLEAN,
    "vote_labels" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "task_outcomes_pkey" PRIMARY KEY ("task_id")
);

-- CreateIndex
CREATE INDEX "task_outcomes_organization_id_mode_created_at_idx" ON "task_outcomes"("organization_id", "mode", "created_at");

-- AddForeignKey
ALTER TABLE "task_search" ADD CONSTRAINT "task_search_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_outcomes" ADD CONSTRAINT "task_outcomes_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is waiting in a long list makes one create in thousands slow; a short one is merged often.
CREATE INDEX "task_search_words_idx" ON "task_search" USING gin ("words") WITH (gin_pending_list_limit = 512);

-- Tasks from before: a job reads them for the search, newest first.
INSERT INTO "task_search" ("task_id") SELECT "id" FROM "tasks";
CREATE INDEX "task_search_unread_idx" ON "task_search" ("task_id") WHERE "words" IS NULL;

-- The tasks that the agreement between workers is read from.
CREATE INDEX "task_outcomes_voted_idx" ON "task_outcomes" ("organization_id", "mode", "created_at")
  WHERE cardinality("vote_labels") > 1;

-- Whether a past guess was right, as far as the whole outputs tell; null where JSON cannot be compared.
CREATE FUNCTION pg_temp."same_json"(one json, other json) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN one::jsonb = other::jsonb;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

CREATE FUNCTION pg_temp."confidence_of"(guess json) RETURNS double precision LANGUAGE plpgsql AS $$
BEGIN
  RETURN (guess ->> 'confidence')::double precision;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END $$;

INSERT INTO "task_outcomes" (
  "task_id", "organization_id", "mode", "type", "status", "created_at", "seconds", "wait_seconds",
  "sla_seconds", "held_sats", "charged_sats", "fee_sats", "votes", "answers", "stage_rejections",
  "guess_confidence", "guess_right")
SELECT t."id", t."organization_id", t."mode", t."type", t."status", t."created_at",
       extract(epoch FROM t."completed_at" - t."created_at"),
       extract(epoch FROM t."assigned_at" - t."created_at"),
       t."sla_seconds", t."held_sats", t."charged_sats", t."fee_sats", t."votes_accepted",
       (SELECT count(*) FROM "answers" a WHERE a."task_id" = t."id"),
       ARRAY(
         SELECT count(v."id")::int
           FROM unnest(ARRAY['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'])
                WITH ORDINALITY AS s("stage", "place")
           LEFT JOIN "verdicts" v
             ON v."task_id" = t."id" AND v."stage" = s."stage" AND v."verdict" = 'reject'
          GROUP BY s."place" ORDER BY s."place"),
       pg_temp."confidence_of"(t."agent_guess"),
       CASE WHEN t."status" = 'verified' AND t."agent_guess" IS NOT NULL
            THEN pg_temp."same_json"(t."agent_guess" -> 'output', t."output") END
  FROM "tasks" t
 WHERE t."completed_at" IS NOT NULL;
