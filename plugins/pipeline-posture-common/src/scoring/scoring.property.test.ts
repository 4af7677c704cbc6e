import fc from 'fast-check';
import { DIMENSIONS, SEVERITIES } from '../model';
import {
  COMPLIANCES,
  ControlResult,
  EntityPipeline,
  EntityScore,
  GRADES,
  PipelineScore,
  rollUp,
  scoreEntity,
  scorePipeline,
} from '.';

const statuses = ['pass', 'fail', 'unknown', 'not-applicable'] as const;

const aResult = fc.record({
  dimension: fc.constantFrom(...DIMENSIONS),
  severity: fc.constantFrom(...SEVERITIES),
  status: fc.constantFrom(...statuses),
  preview: fc.boolean(),
  disabled: fc.boolean(),
  exempt: fc.boolean(),
  lastDecided: fc.constantFrom('pass', 'fail', undefined),
});

const results = (constraints = { minLength: 0, maxLength: 25 }) =>
  fc.array(aResult, constraints).map(list =>
    list.map(
      (result, i): ControlResult => ({
        controlId: `control-${i}`,
        ...result,
      }),
    ),
  );

const withOne = results({ minLength: 1, maxLength: 25 }).chain(list =>
  fc.record({ list: fc.constant(list), at: fc.nat(list.length - 1) }),
);

const replace = (
  list: ControlResult[],
  at: number,
  part: Partial<ControlResult>,
) => list.map((result, i) => (i === at ? { ...result, ...part } : result));

type Headline = Pick<EntityScore, 'score' | 'grade' | 'compliance'>;

const notBetter = (after: Headline, before: Headline) =>
  after.score <= before.score &&
  GRADES.indexOf(after.grade) >= GRADES.indexOf(before.grade) &&
  COMPLIANCES.indexOf(after.compliance) >=
    COMPLIANCES.indexOf(before.compliance);

/** The same result after it can no longer be decided, remembering what it was. */
const lostSight = (result: ControlResult): Partial<ControlResult> => ({
  status: 'unknown',
  ...((result.status === 'pass' || result.status === 'fail') && {
    lastDecided: result.status,
  }),
});

const pipelineOf = (
  id: string,
  list: ControlResult[],
  reachesProduction: EntityPipeline['reachesProduction'],
): EntityPipeline => ({ id, reachesProduction, posture: scorePipeline(list) });

const entity = fc
  .array(
    fc.record({
      list: results({ minLength: 1, maxLength: 10 }),
      reaches: fc.constantFrom('yes', 'no', 'unknown' as const),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .chain(pipelines =>
    fc.record({
      pipelines: fc.constant(pipelines),
      which: fc.nat(pipelines.length - 1),
      control: fc.nat(9),
    }),
  );

const scoredEntity = (
  pipelines: Array<{ list: ControlResult[]; reaches: string }>,
) =>
  scoreEntity(
    pipelines.map((p, i) =>
      pipelineOf(
        `p${i}`,
        p.list,
        p.reaches as EntityPipeline['reachesProduction'],
      ),
    ),
  )!;

describe('properties of scoring', () => {
  it('1: a result that turns to unknown never raises a pipeline', () => {
    fc.assert(
      fc.property(withOne, ({ list, at }) =>
        notBetter(
          scorePipeline(replace(list, at, lostSight(list[at]))),
          scorePipeline(list),
        ),
      ),
      { numRuns: 2000 },
    );
  });

  it('1: a result that turns to unknown never raises an entity or the share of a roll-up', () => {
    fc.assert(
      fc.property(entity, ({ pipelines, which, control }) => {
        const { list } = pipelines[which];
        const at = control % list.length;
        const before = scoredEntity(pipelines);
        const after = scoredEntity(
          pipelines.map((p, i) =>
            i === which
              ? { ...p, list: replace(list, at, lostSight(list[at])) }
              : p,
          ),
        );
        return (
          notBetter(after, before) &&
          rollUp([after]).compliantShare! <= rollUp([before]).compliantShare!
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('1: a tier that can no longer be read never raises an entity', () => {
    fc.assert(
      fc.property(entity, ({ pipelines, which }) => {
        const after = pipelines.map((p, i) =>
          i === which ? { ...p, reaches: 'unknown' as const } : p,
        );
        return notBetter(scoredEntity(after), scoredEntity(pipelines));
      }),
      { numRuns: 2000 },
    );
  });

  it('2: without evidence nothing is graded and nothing scores', () => {
    fc.assert(
      fc.property(results(), list => {
        const blind = list.map(result => ({
          ...result,
          ...(result.status !== 'not-applicable' && {
            status: 'unknown' as const,
          }),
        }));
        const { score, grade, compliance } = scorePipeline(blind);
        return (
          score === 0 && grade === 'not-graded' && compliance !== 'compliant'
        );
      }),
    );
  });

  it('3: a copy of a pipeline does not change the headline of its entity', () => {
    fc.assert(
      fc.property(entity, ({ pipelines, which }) => {
        const {
          weakestPipelineId: _,
          decidingPipelineIds: __,
          ...before
        } = scoredEntity(pipelines);
        const copied = scoredEntity([...pipelines, pipelines[which]]);
        expect(copied).toMatchObject(before);
      }),
    );
  });

  it('4: fixing a finding never lowers anything', () => {
    fc.assert(
      fc.property(withOne, ({ list, at }) => {
        fc.pre(list[at].status === 'fail' || list[at].status === 'unknown');
        return notBetter(
          scorePipeline(list),
          scorePipeline(replace(list, at, { status: 'pass' })),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('5: order does not matter', () => {
    fc.assert(
      fc.property(
        results().chain(list =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
          ),
        ),
        ([list, shuffled]) => {
          const { contributions: a, ...one } = scorePipeline(list);
          const { contributions: b, ...other } = scorePipeline(shuffled);
          expect(other).toEqual(one);
          expect(new Set(b.map(c => c.controlId))).toEqual(
            new Set(a.map(c => c.controlId)),
          );
        },
      ),
    );
    fc.assert(
      fc.property(entity, ({ pipelines }) => {
        const scored = pipelines.map((p, i) =>
          pipelineOf(
            `p${i}`,
            p.list,
            p.reaches as EntityPipeline['reachesProduction'],
          ),
        );
        expect(scoreEntity([...scored].reverse())).toEqual(scoreEntity(scored));
      }),
    );
  });

  it('6: not-applicable and preview controls change nothing', () => {
    const numbers = ({ contributions, counts, ...rest }: PipelineScore) => rest;
    fc.assert(
      fc.property(results(), aResult, (list, extra) => {
        const before = numbers(scorePipeline(list));
        for (const part of [
          { status: 'not-applicable' as const },
          { preview: true },
        ]) {
          const added = { controlId: 'added', ...extra, ...part };
          expect(numbers(scorePipeline([...list, added]))).toEqual(before);
        }
      }),
    );
  });

  it('7: an exemption gives at most what a pass would, and at least what there is without it', () => {
    fc.assert(
      fc.property(withOne, ({ list, at }) => {
        const exempt = scorePipeline(replace(list, at, { exempt: true }));
        const without = scorePipeline(replace(list, at, { exempt: false }));
        const passing = scorePipeline(
          replace(list, at, { status: 'pass', exempt: false }),
        );
        const sameOrBetter =
          list[at].status === 'not-applicable' || exempt.score <= passing.score;
        return (
          exempt.score >= without.score &&
          sameOrBetter &&
          exempt.score >= exempt.withoutExemptions.score
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('8: numbers stay within bounds and the terms add up', () => {
    fc.assert(
      fc.property(results(), list => {
        const s = scorePipeline(list);
        const inOrder =
          s.score >= 0 && s.score <= s.potential && s.potential <= 100;
        const sum = (part: 'earned' | 'lost') =>
          s.contributions.reduce((total, c) => total + c[part], 0);
        const scored = Object.keys(s.dimensions).length > 0;
        const addsUp =
          !scored || Math.abs(sum('earned') + sum('lost') - 100) < 1e-6;
        const matches = Math.abs(sum('earned') - s.score) < 1 + 1e-6;
        return (
          inOrder && s.coverage >= 0 && s.coverage <= 100 && addsUp && matches
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('8: fixing one control brings exactly the gain that was announced', () => {
    fc.assert(
      fc.property(withOne, ({ list, at }) => {
        const before = scorePipeline(list);
        const { gainIfFixed, weight } = before.contributions[at];
        fc.pre(weight > 0);
        const after = scorePipeline(replace(list, at, { status: 'pass' }));
        return after.score - before.score === gainIfFixed;
      }),
      { numRuns: 1000 },
    );
  });
});
