import { NotFoundError } from '@backstage/errors';
import {
  ControlChange,
  ControlDetail,
  ControlPermission,
  FrameworkMapping,
  RubricChange,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineProvider } from 'backstage-plugin-pipeline-posture-node';
import { metadataOf } from '../api/metadataOf';
import { PostureAssessor } from '../evaluation/PostureAssessor';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import {
  controlOf,
  isPreview,
  plainStatusOf,
  SHOWN,
  shownOf,
} from '../fleet/outcome';
import { dayAfter, dayOf, endOf } from '../history/days';
import { RubricHistory } from '../history/RubricHistory';

const COUNTED = {
  pass: 'pass',
  fail: 'fail',
  unknown: 'unknown',
  'not-applicable': 'notApplicable',
  exempt: 'exempt',
} as const;

/** So far back are changes of a control told. */
const CHANGED_DAYS = 395;

const mayBeSeen = (view: FleetView, id: string) => {
  const pipeline = view.fleet.pipeline(id);
  return pipeline !== undefined && view.allows(pipeline);
};

function whatIn(
  change: RubricChange,
  id: string,
): ControlChange['what'] | undefined {
  if (change.controlsAdded.includes(id)) return 'added';
  if (change.controlsChanged.includes(id)) return 'changed';
  return change.controlsRemoved.includes(id) ? 'removed' : undefined;
}

/** What a provider needs to decide a control, each permission once. */
export function permissionsOf(
  provider: Pick<PipelineProvider, 'id' | 'permissions'>,
  controlId: string,
): ControlPermission[] {
  const needed = provider.permissions.filter(({ controls }) =>
    controls.includes(controlId),
  );
  return [...new Map(needed.map(one => [one.permission, one])).values()].map(
    ({ permission, without }) => ({
      provider: provider.id,
      permission,
      without,
    }),
  );
}

/** A control with its frameworks and how pipelines do. */
export class ControlQueries {
  readonly #index: FleetIndex;
  readonly #assessor: PostureAssessor;
  readonly #exemptions: ExemptionStore;
  readonly #rubrics: RubricHistory;
  readonly #now: () => Date;
  readonly #frameworks: ReadonlyMap<string, FrameworkMapping[]>;
  readonly #providers: ReadonlyArray<
    Pick<PipelineProvider, 'id' | 'permissions'>
  >;

  constructor(options: {
    index: FleetIndex;
    assessor: PostureAssessor;
    exemptions: ExemptionStore;
    rubrics: RubricHistory;
    now: () => Date;
    frameworks: ReadonlyMap<string, FrameworkMapping[]>;
    providers: ReadonlyArray<Pick<PipelineProvider, 'id' | 'permissions'>>;
  }) {
    this.#index = options.index;
    this.#assessor = options.assessor;
    this.#exemptions = options.exemptions;
    this.#rubrics = options.rubrics;
    this.#now = options.now;
    this.#frameworks = options.frameworks;
    this.#providers = options.providers;
  }

  /** @throws NotFoundError if there is no such control, or it is switched off */
  async of(id: string, viewer: Viewer, asOf?: string): Promise<ControlDetail> {
    const control = this.#assessor.controls.find(one => one.id === id);
    if (!control) throw new NotFoundError(`There is no control '${id}'`);
    const view = new FleetView(await this.#index.at(asOf), viewer);
    return {
      control: metadataOf(control),
      frameworks: this.#frameworks.get(id) ?? [],
      permissions: this.#providers.flatMap(one => permissionsOf(one, id)),
      ...view.fleet.once(`control ${id} ${view.key}`, () => countsOf(view, id)),
      wrongResults: await this.#wrongResults(id, view, asOf),
      changes: await this.#changes(id, asOf ?? dayOf(this.#now())),
      ...(asOf && { asOf }),
    };
  }

  /** When the rules of a control changed, until a day. */
  async #changes(id: string, last: string): Promise<ControlChange[]> {
    const first = dayAfter(last, -CHANGED_DAYS);
    const changes = await this.#rubrics.between(first, last);
    return changes.flatMap(change => {
      const what = whatIn(change, id);
      return what ? [{ day: change.day, what }] : [];
    });
  }

  async #wrongResults(
    id: string,
    view: FleetView,
    asOf: string | undefined,
  ): Promise<number> {
    const exemptions = await this.#exemptions.list({});
    return exemptions.filter(
      ({ controlId, type, entityRef, pipelineId, requestedAt }) =>
        controlId === id &&
        type === 'wrong-result' &&
        (asOf === undefined || requestedAt <= endOf(asOf)) &&
        (entityRef
          ? view.sees({ ref: entityRef })
          : mayBeSeen(view, pipelineId ?? '')),
    ).length;
  }
}

function countsOf(
  view: FleetView,
  id: string,
): Pick<ControlDetail, 'counts' | 'preview'> {
  const counts = {
    pipelines: 0,
    pass: 0,
    fail: 0,
    unknown: 0,
    notApplicable: 0,
    exempt: 0,
  };
  const preview = { fail: 0, unknown: 0, of: 0 };
  const number = [...view.fleet.controls].find(([, one]) => one === id)?.[0];
  for (const pipeline of view.matching({})) {
    const bits = pipeline.outcome.find(one => controlOf(one) === number);
    if (bits === undefined) continue;
    counts.pipelines += 1;
    if (isPreview(bits)) {
      const plain = SHOWN[plainStatusOf(bits)];
      if (plain !== 'not-applicable') preview.of += 1;
      if (plain === 'fail' || plain === 'unknown') preview[plain] += 1;
    }
    const shown = SHOWN[shownOf(bits)];
    if (shown !== 'preview') counts[COUNTED[shown]] += 1;
  }
  return { counts, ...(preview.of > 0 && { preview }) };
}
