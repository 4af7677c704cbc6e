import {
  COMPLIANCES,
  DIMENSIONS,
  FacetValue,
  FleetFacets,
  GRADES,
  PIPELINE_TIERS,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { Text } from '../../hooks/useText';
import {
  LISTED,
  LISTED_WORDS,
  ListState,
  PLATFORMS,
  statusOf,
} from './listState';

/** Parts of the state that are chosen from a list. */
export type FieldName =
  | 'owner'
  | 'system'
  | 'domain'
  | 'grade'
  | 'compliance'
  | 'severity'
  | 'dimension'
  | 'status'
  | 'platform'
  | 'env'
  | 'lifecycle';

/** One choice of a filter. */
export interface Choice {
  id: string;
  label: string;
}

/** A filter that is chosen from a list. */
export interface FilterField {
  name: FieldName;
  label: string;
  choices: Choice[];
  /** True where there may be many choices. */
  searchable: boolean;
}

/** Name of an entity without its kind and namespace. */
export function entityName(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}

const FACET: Record<FieldName, keyof Omit<FleetFacets, 'total' | 'asOf'>> = {
  owner: 'owner',
  system: 'system',
  domain: 'domain',
  grade: 'grade',
  compliance: 'compliance',
  severity: 'severity',
  dimension: 'dimension',
  status: 'status',
  platform: 'provider',
  env: 'tier',
  lifecycle: 'lifecycle',
};

const WORDS: Partial<Record<FieldName, readonly string[]>> = {
  grade: GRADES,
  compliance: COMPLIANCES,
  severity: SEVERITIES,
  dimension: DIMENSIONS,
  status: LISTED.map(status => LISTED_WORDS[status]),
  platform: PLATFORMS,
  env: PIPELINE_TIERS,
};

/** A value of a filter in words. */
export function wordOf(name: FieldName, value: string, t: Text): string {
  switch (name) {
    case 'grade': {
      const grade = GRADES.find(one => one === value);
      if (!grade) return value;
      return grade === 'not-graded'
        ? t('grade.not-graded')
        : t('gradeShort', { letter: grade, word: t(`grade.${grade}`) });
    }
    case 'compliance': {
      const known = COMPLIANCES.find(one => one === value);
      return known ? t(`compliance.${known}`) : value;
    }
    case 'severity': {
      const known = SEVERITIES.find(one => one === value);
      return known ? t(`severity.${known}`) : value;
    }
    case 'dimension': {
      const known = DIMENSIONS.find(one => one === value);
      return known ? t(`dimension.${known}`) : value;
    }
    case 'status': {
      const word = Object.values(LISTED_WORDS).find(one => one === value);
      return word ? t(`status.${statusOf(word)}`) : value;
    }
    case 'platform': {
      const known = PLATFORMS.find(one => one === value);
      return known ? t(`provider.${known}`) : value;
    }
    case 'env': {
      const known = PIPELINE_TIERS.find(one => one === value);
      return known ? t(`fleet.tier.${known}`) : value;
    }
    case 'lifecycle':
      return value;
    default:
      return entityName(value);
  }
}

const facetValue = (name: FieldName, value: string): string =>
  name === 'status'
    ? LISTED_WORDS[LISTED.find(status => status === value) ?? 'fail']
    : value;

/** A filter with its choices. What is chosen is always among them; numbers stand where the server gave them. */
export function fieldOf(
  name: FieldName,
  state: ListState,
  facets: FleetFacets | undefined,
  t: Text,
): FilterField {
  const found = new Map<string, number>(
    (facets?.[FACET[name]] ?? []).map(({ value, count }: FacetValue) => [
      facetValue(name, value),
      count,
    ]),
  );
  const fixed = WORDS[name];
  const ids = new Set([...(fixed ?? found.keys()), ...state[name]]);
  return {
    name,
    label: t(`fleet.field.${name}`),
    searchable: fixed === undefined,
    choices: [...ids].map(id => {
      const word = wordOf(name, id, t);
      const count = found.get(id);
      return {
        id,
        label:
          count === undefined
            ? word
            : t('fleet.choice', { word, number: String(count) }),
      };
    }),
  };
}
