import {
  COMPLIANCES,
  DIMENSIONS,
  FleetFacets,
  GRADES,
  PipelineFilter,
  PIPELINE_SORTS,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import fc from 'fast-check';
import { entityPageOf } from './entityPage';
import { facetsOf } from './facetsOf';
import { findingPageOf } from './findingPage';
import { Fleet, FleetEntity, FleetPipeline } from './Fleet';
import { FleetView } from './FleetView';
import { heatMapOf, rollUpsOf } from './groupsOf';
import { packOutcomes, unpackOutcomes } from './outcome';
import { pageOf } from './pageOf';
import { summaryOf } from './summaryOf';

const CONTROLS = ['c1', 'c2', 'c3'];
const GROUPS = ['group:default/a', 'group:default/b', 'group:default/top'];
const SYSTEMS = ['system:default/s1', 'system:default/s2'];
const some = <T>(...values: T[]) => fc.constantFrom(...values);

const outcome = fc.record({
  status: some('pass', 'fail', 'unknown', 'not-applicable'),
  exempt: fc.boolean(),
  preview: fc.boolean(),
  gain: fc.nat(30),
});
const pipelines = fc
  .array(
    fc.record({
      provider: some('azure-devops', 'aws-codepipeline'),
      search: some('pay', 'orders', 'pay orders'),
      reaches: some('yes' as const, 'no' as const, 'unknown' as const),
      score: fc.nat(100),
      grade: fc.nat(GRADES.length - 1),
      compliance: fc.nat(COMPLIANCES.length - 1),
      outcomes: fc.tuple(outcome, outcome, outcome),
    }),
    { maxLength: 14 },
  )
  .map(list =>
    list.map(
      ({ outcomes, ...rest }, i): FleetPipeline => ({
        ...rest,
        id: `p${String(i).padStart(2, '0')}`,
        scopeKey: 's',
        failing: 0,
        unknown: 0,
        collectedAt: `2026-01-${10 + (i % 3)}`,
        outcome: unpackOutcomes(
          packOutcomes(
            outcomes.map((one, n) => ({
              ...one,
              status: one.status as 'pass',
              controlId: String(n),
              severity: SEVERITIES[n],
              dimension: DIMENSIONS[n % 2],
            })),
            Number,
          ),
        ),
      }),
    ),
  );

const fleets = pipelines.chain(list =>
  fc
    .array(
      fc.record({
        owner: fc.option(some(...GROUPS), { nil: undefined }),
        system: fc.option(some(...SYSTEMS), { nil: undefined }),
        lifecycle: fc.option(some('production', 'old'), { nil: undefined }),
        score: fc.nat(100),
        grade: fc.nat(GRADES.length - 1),
        compliance: fc.nat(COMPLIANCES.length - 1),
        pipelineIds: fc.subarray(list.map(p => p.id)),
      }),
      { maxLength: 8 },
    )
    .map(entities => {
      return new Fleet({
        pipelines: list,
        entities: entities.map(
          (e, i): FleetEntity => ({ ...e, ref: `component:default/e${i}` }),
        ),
        parents: new Map([
          [GROUPS[0], GROUPS[2]],
          // Groups above each other in a ring must not hang anything.
          [GROUPS[2], GROUPS[2]],
          [SYSTEMS[0], 'domain:default/d'],
        ]),
        controls: new Map(CONTROLS.map((id, n) => [n, id])),
      });
    }),
);

const views = fleets.chain(fleet =>
  fc
    .record({
      visible: fc.option(fc.subarray([...fleet.entities.keys()])),
      unlinked: fc.boolean(),
    })
    .map(
      ({ visible, unlinked }) =>
        new FleetView(fleet, {
          visible: visible ? new Set(visible) : 'all',
          unlinked,
          evidence: true,
        }),
    ),
);

const maybe = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });

const filters: fc.Arbitrary<PipelineFilter> = fc.record({
  text: fc.option(some('pay', 'e1'), { nil: undefined }),
  provider: maybe(['azure-devops', 'aws-codepipeline']),
  grade: maybe(GRADES),
  compliance: maybe(COMPLIANCES),
  tier: maybe(['production', 'non-production', 'unknown'] as const),
  severity: maybe(SEVERITIES),
  dimension: maybe(DIMENSIONS),
  status: maybe(['fail', 'unknown', 'exempt', 'preview'] as const),
  control: fc.option(some(...CONTROLS), { nil: undefined }),
  owner: maybe(GROUPS),
  system: maybe(SYSTEMS),
  domain: maybe(['domain:default/d']),
  lifecycle: maybe(['production', 'old']),
});
const few = filters.chain(filter =>
  fc
    .subarray(Object.keys(filter) as Array<keyof PipelineFilter>, {
      maxLength: 3,
    })
    .map(
      keys =>
        Object.fromEntries(
          keys.map(key => [key, filter[key]]),
        ) as PipelineFilter,
    ),
);

describe('a fleet in memory', () => {
  it('counts for each value of a filter what the list then has', () => {
    fc.assert(
      fc.property(views, few, (view, query) => {
        const facets = facetsOf(view, query);
        expect(facets.total).toBe(view.matching(query).length);
        const names = Object.keys(facets).filter(n => n !== 'total') as Array<
          Exclude<keyof FleetFacets, 'total' | 'asOf'>
        >;
        for (const name of names) {
          // Without a status, values of controls, severities and dimensions count failures.
          const asked =
            ['control', 'severity', 'dimension'].includes(name) &&
            !query.status?.length
              ? { ...query, status: ['fail' as const] }
              : query;
          for (const { value, count } of facets[name]) {
            const filter = {
              ...asked,
              [name]: name === 'control' ? value : [value],
            };
            expect([name, value, view.matching(filter).length]).toEqual([
              name,
              value,
              count,
            ]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives every pipeline exactly once over its pages, in order, by number and by cursor', () => {
    fc.assert(
      fc.property(
        views,
        few,
        some(...PIPELINE_SORTS),
        some('asc' as const, 'desc' as const),
        fc.integer({ min: 1, max: 5 }),
        (view, query, order, direction, size) => {
          const matching = view.matching(query);
          const byNumber: string[] = [];
          const byCursor: string[] = [];
          let cursor: string | undefined;
          for (let page = 1; (page - 1) * size < matching.length; page++) {
            const numbered = pageOf(view, matching, {
              order,
              direction,
              size,
              page,
            });
            const followed = pageOf(view, matching, {
              order,
              direction,
              size,
              cursor,
            });
            expect(numbered.total).toBe(matching.length);
            expect(followed.page).toBe(page);
            byNumber.push(...numbered.items.map(p => p.id));
            byCursor.push(...followed.items.map(p => p.id));
            cursor = followed.nextCursor;
          }
          expect(cursor).toBeUndefined();
          expect(byCursor).toEqual(byNumber);
          expect([...byNumber].sort()).toEqual(matching.map(p => p.id).sort());
        },
      ),
    );
  });

  it('lists findings once over its pages, and as many as the summary counts', () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 1, max: 4 }), (view, size) => {
        const seen: string[] = [];
        let cursor: string | undefined;
        let total = 0;
        do {
          const page = findingPageOf(view, { status: ['fail'], cursor }, size);
          seen.push(...page.items.map(i => `${i.controlId} ${i.pipelineId}`));
          cursor = page.nextCursor;
          total = page.total;
        } while (cursor);
        expect(new Set(seen).size).toBe(total);
        expect(seen).toHaveLength(total);
        const failing = summaryOf(view, {}).controls.reduce(
          (sum, c) => sum + c.failing,
          0,
        );
        expect(total).toBe(failing);
      }),
    );
  });

  it('counts in each group what the list of the group has', () => {
    fc.assert(
      fc.property(
        views,
        few,
        some('owner' as const, 'system' as const, 'domain' as const),
        (view, query, by) => {
          const { [by]: _, ...others } = query;
          for (const group of rollUpsOf(view, by, others)) {
            if (group.ref === undefined) continue;
            const list = view.matching({ ...others, [by]: [group.ref] });
            expect([group.ref, group.pipelines]).toEqual([
              group.ref,
              list.length,
            ]);
          }
          const cells = heatMapOf(view, by, others);
          expect(cells.map(c => [c.ref, c.pipelines]).sort()).toEqual(
            rollUpsOf(view, by, others)
              .map(g => [g.ref, g.pipelines])
              .sort(),
          );
          const { control, status, severity, dimension: only } = others;
          const byResult = control ?? status ?? severity ?? only;
          for (const { ref, cells: row } of byResult ? [] : cells) {
            if (!ref) continue;
            for (const dimension of DIMENSIONS)
              expect(row[dimension]?.failingPipelines ?? 0).toBe(
                view.matching({
                  ...others,
                  [by]: [ref],
                  dimension: [dimension],
                }).length,
              );
          }
        },
      ),
    );
  });

  it('lists just the entities that a group is said to have, over all pages, weakest first', () => {
    fc.assert(
      fc.property(
        views,
        few,
        some('owner' as const, 'system' as const, 'domain' as const),
        fc.integer({ min: 1, max: 4 }),
        (view, query, by, size) => {
          const { owner: _o, system: _s, domain: _d, ...others } = query;
          for (const { ref, entities } of rollUpsOf(view, by, others)) {
            if (ref === undefined) continue;
            const pages = Math.ceil(entities / size);
            const rows = Array.from({ length: pages }, (_page, i) =>
              entityPageOf(
                view,
                { ...others, [by]: [ref] },
                { page: i + 1, size },
              ),
            );
            const items = rows.flatMap(row => row.items);
            expect(new Set(items.map(e => e.entityRef)).size).toBe(entities);
            expect(items).toHaveLength(entities);
            const scores = items.map(e => e.score);
            expect(scores).toEqual([...scores].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('hides what the viewer may not see from everything', () => {
    fc.assert(
      fc.property(views, view => {
        for (const pipeline of view.matching({})) {
          const entities = view.fleet.entitiesOf(pipeline);
          const seen = entities.filter(e => view.sees(e));
          expect(
            seen.length > 0 || (entities.length === 0 && view.viewer.unlinked),
          ).toBe(true);
        }
        const owners = facetsOf(view, {}).owner.map(f => f.value);
        const visible = view
          .entities()
          .flatMap(e => (e.owner ? view.fleet.withAbove(e.owner) : []));
        expect(visible).toEqual(expect.arrayContaining(owners));
      }),
    );
  });

  it('refuses a cursor of another order', () => {
    const view = new FleetView(
      new Fleet({
        pipelines: [],
        entities: [],
        parents: new Map(),
        controls: new Map(),
      }),
      { visible: 'all', unlinked: true, evidence: true },
    );
    const other = Buffer.from('["name asc","a","b"]').toString('base64url');
    for (const cursor of [other, 'nonsense', '', 'W10'])
      expect(() =>
        pageOf(view, [], { order: 'score', direction: 'asc', size: 5, cursor }),
      ).toThrow(/cursor/);
  });
});
