import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { groupBy } from './group-by';
import { ModelsQuery } from './schema';

/** The latest refits of a type across its fields. */
const REFITS_MAX = 300;

export interface ModelFigures {
  gnb: number;
  ds: number;
  ebcc: number;
}

/** The result of one nightly refit of a field. */
export interface RefitFacts {
  at: Date;
  tasks: number;
  votes: number;
  labelled: number;
  /** Each model's weight in the judge's average; they sum to 1. */
  weights: ModelFigures;
  /** Mean ln q′(truth) on held-out labelled tasks; higher is better. */
  scores: ModelFigures;
}

export interface Models {
  /** A field, or one item of a set, by its position in the answer; most recently refitted first. */
  fields: { field: string; facet: string; refits: RefitFacts[] }[];
}

/** The models that judge a type's fields, and what each refit chose. */
export async function getModels(actor: Actor, input: ModelsQuery): Promise<Models> {
  const { type } = ModelsQuery.parse(input);
  const { organizationId, mode } = assertActsForOrganization(actor, 'insight');
  const rows = await db.modelRefit.findMany({
    where: { organizationId, mode, type },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: REFITS_MAX,
  });
  const fields = [...groupBy(rows, ({ facet }) => facet)].map(([facet, own]) => ({
    facet,
    field: facet.slice(0, facet.lastIndexOf('#')) || facet,
    refits: own.map((row) => ({
      ...{ at: row.createdAt, tasks: row.tasks, votes: row.votes, labelled: row.labelled },
      weights: { gnb: row.gnbWeight, ds: row.dsWeight, ebcc: row.ebccWeight },
      scores: { gnb: row.gnbScore, ds: row.dsScore, ebcc: row.ebccScore },
    })),
  }));
  return { fields };
}
