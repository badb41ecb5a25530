/** The evidence from a labelled task: about its voters, and about the calibration of their consensus. */

import { sameValue } from '../gold-match';
import type { Json, JsonObject } from '../stage';
import type { EvidenceCell } from './evidence-facts';
import { facetsOf, IN, OUT, presenceOf } from './facets';
import { type Ballot, type FacetResult, type FieldVoteOptions, voteOnField } from './field-vote';
import { decisiveFields, type Field, fieldsOf } from './fields';
import { labelKey, valueAt } from './json-value';
import { type NumberField, numberOf, toleranceOf } from './number-vote';

/** The counts for one facet. */
export interface LabelledFacet {
  key: string;
  /** One cell per voter with a value; weighted by the task, or by `weight` if set. */
  cells: {
    workerId: string;
    truth: number;
    said: number;
    squaredError: number;
    weight?: number;
  }[];
  /** Its contribution to the calibrator (`gainsOf`); null if it has none. */
  calibrates: { posterior: number[]; truth: number } | null;
  /** The consensus before the label was known; null if the output does not depend on this facet. */
  stated: StatedFacet | null;
}

export interface StatedFacet {
  /** P(the winner is right), calibrated; null for an item, because a set's confidence is that of the whole. */
  confidence: number | null;
  /** Labelled tasks behind it. */
  labelled: number;
  /** Mean number of golds of the voters in it. */
  golds: number;
  /** Indexes of the true value and of the winner in the posterior. */
  truth: number;
  said: number;
  /** The indexes refer to the facet's labels. */
  isChoice: boolean;
}

export interface KnownAnswer {
  output: Json;
  /** Absent fields are unknown, rather than known to be absent. */
  partial: boolean;
}

/** Bounds numbers so that their squares can be summed in the database. */
const SQUARED_ERROR_MAX = 1e100;

/**
 * Compares the votes with the known answer, in the decisive fields that it contains. The votes are
 * weighted by the earlier evidence.
 */
export function labelledFacets(
  schema: JsonObject,
  ballots: readonly Ballot[],
  known: KnownAnswer,
  options: FieldVoteOptions,
): LabelledFacet[] {
  if (ballots.length === 0) return [];
  return decisiveFields(fieldsOf(schema)).flatMap((field) => {
    const truth = valueAt(known.output, field.path);
    if (truth === undefined && known.partial) return [];
    return labelledField(field, truth, ballots, options);
  });
}

type Said = Omit<EvidenceCell, 'weight'> | null;

function labelledField(
  field: Field,
  truth: Json | undefined,
  ballots: readonly Ballot[],
  options: FieldVoteOptions,
): LabelledFacet[] {
  const values = ballots.map(({ output }) => valueAt(output, field.path));
  const vote = voteOnField(field, ballots, options);
  const facets = new Map(vote.facets.map((result) => [result.facet.key, result]));
  const { presence, value, items: choices, whole } = facetsOf(field);
  const labelled = (key: string, cellOf: (value: Json | undefined) => Said) => {
    const result = facets.get(key);
    const cells = ballots.flatMap(({ workerId }, i) => {
      const cell = cellOf(values[i]);
      return cell ? [{ workerId, ...cell }] : [];
    });
    return { key, cells, result };
  };
  const found: (ReturnType<typeof labelled> & { place: number | null })[] = [];
  if (presence) {
    const place = presence.labels.indexOf(presenceOf(truth));
    const cells = labelled(presence.key, (own) =>
      labelCell(place, presence.labels.indexOf(presenceOf(own))),
    );
    found.push({ ...cells, place });
  }
  for (const [n, facet] of value.entries()) {
    if (field.kind === 'categorical') {
      const place = facet.labels.indexOf(labelKey(truth));
      const cells = labelled(facet.key, (own) =>
        labelCell(place, facet.labels.indexOf(labelKey(own))),
      );
      found.push({ ...cells, place });
    } else if (truth === undefined || truth === null) {
      break;
    } else if (field.kind === 'items') {
      const placeOf = (set: Json | undefined) =>
        Array.isArray(set) ? facet.labels.indexOf(has(set, choices[n]) ? IN : OUT) : -1;
      const place = placeOf(truth);
      found.push({ ...labelled(facet.key, (own) => labelCell(place, placeOf(own))), place });
    } else if (field.kind === 'number' || field.kind === 'date') {
      const place = nearnessOf(field, truth, facets.get(facet.key), options);
      found.push({ ...labelled(facet.key, (own) => errorCell(field, truth, own)), place });
    } else {
      const isRight = (own: Json | undefined) => sameValue(field, truth, own, options.policy);
      const cells = labelled(facet.key, (own) =>
        own === undefined || own === null ? null : labelCell(0, isRight(own) ? 0 : 1),
      );
      found.push({ ...cells, place: openPlace(values, cells.result, isRight) });
    }
  }
  const isWholeStated = vote.whole !== undefined && vote.deciding.includes(vote.whole);
  const facetsFound = found
    .filter(({ cells }) => cells.length > 0)
    .map(({ key, cells, result, place }) => {
      const isItem = vote.whole !== undefined && result?.facet !== presence;
      const isStated = result && (isItem ? isWholeStated : vote.deciding.includes(result));
      const stated = isStated ? statedOf(result, place) : null;
      return {
        key,
        cells,
        calibrates: calibratesAt(result, place),
        stated: stated && isItem ? { ...stated, confidence: null } : stated,
      };
    });
  if (!whole || !vote.whole) return facetsFound;
  // A set is right if each of its items is.
  const items = found.filter(({ result }) => result && result.facet !== presence);
  if (items.length === 0 || items.some(({ place }) => place === null || place < 0))
    return facetsFound;
  const place = items.every(({ result, place: truth }) => result?.winner === truth) ? 0 : 1;
  return [
    ...facetsFound,
    {
      key: whole.key,
      cells: [],
      calibrates: calibratesAt(vote.whole, place),
      stated: isWholeStated ? statedOf(vote.whole, place) : null,
    },
  ];
}

function calibratesAt(
  result: FacetResult | undefined,
  place: number | null,
): LabelledFacet['calibrates'] {
  if (!result || place === null || place < 0) return null;
  return { posterior: [...result.posterior], truth: place };
}

function statedOf(result: FacetResult, place: number | null): StatedFacet | null {
  if (place === null || place < 0) return null;
  const { confidence, labelled, golds, winner, facet } = result;
  const isChoice = facet.kind === 'labels';
  return { confidence, labelled, golds, truth: place, said: winner, isChoice };
}

function labelCell(truth: number, said: number): Said {
  return truth < 0 || said < 0 ? null : { truth, said, squaredError: 0 };
}

function has(set: readonly Json[], item: Json | undefined): boolean {
  const key = labelKey(item);
  return set.some((each) => labelKey(each) === key);
}

function errorCell(field: NumberField, truth: Json, own: Json | undefined): Said {
  const [right, said] = [numberOf(field, truth), numberOf(field, own)];
  if (right === null || said === null) return null;
  return { truth: 0, said: 0, squaredError: Math.min(SQUARED_ERROR_MAX, (said - right) ** 2) };
}

/** 0 if the winner was within the tolerance of the truth, else 1. */
function nearnessOf(
  field: NumberField,
  truth: Json,
  result: FacetResult | undefined,
  { policy }: FieldVoteOptions,
): number | null {
  const right = numberOf(field, truth);
  const won = numberOf(field, result?.value);
  if (right === null || won === null) return null;
  return Math.abs(won - right) <= toleranceOf(field, right, policy) ? 0 : 1;
}

/** The index of the right one among the different values given; their number if none is. */
function openPlace(
  values: readonly (Json | undefined)[],
  result: FacetResult | undefined,
  isRight: (value: Json | undefined) => boolean,
): number | null {
  const groups = result?.groups;
  if (!groups) return null;
  const said = values.filter((value) => value !== undefined && value !== null);
  const right = said.findIndex(isRight);
  return right < 0 ? Math.max(...groups) + 1 : (groups[right] ?? null);
}
