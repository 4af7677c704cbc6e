import { Knex } from 'knex';
import {
  COMPLIANCES,
  GRADES,
  TrendPoint,
} from 'backstage-plugin-pipeline-posture-common';
import { chunked } from '../store/keys';
import { dayAfter, dayOf } from './days';

/** The numbers of a pipeline or an entity at the end of a day. */
export interface DayNumbers {
  subject: string;
  score: number;
  grade: number;
  compliance: number;
  failing: number;
  unknown: number;
}

/** The same numbers on every day from `day` to `last_day`. */
interface Span extends DayNumbers {
  day: string;
  last_day: string;
}

const isSame = (span: Span, numbers: DayNumbers) =>
  span.score === numbers.score &&
  span.grade === numbers.grade &&
  span.compliance === numbers.compliance &&
  span.failing === numbers.failing &&
  span.unknown === numbers.unknown;

/**
 * Notes today's numbers. A day that is like the day before makes its row longer; a second reading of the same day
 * writes nothing, unless something changed.
 */
export async function noteDays(
  tx: Knex,
  day: string,
  rows: readonly DayNumbers[],
): Promise<void> {
  const yesterday = dayAfter(day, -1);
  for (const chunk of chunked(rows)) {
    const spans: Span[] = await tx('posture_daily')
      .whereIn(
        'subject',
        chunk.map(row => row.subject),
      )
      .where('last_day', '>=', yesterday)
      .orderBy('day');
    const last = new Map(spans.map(span => [span.subject, span]));
    const longer: string[] = [];
    const written: Span[] = [];
    for (const numbers of chunk) {
      const span = last.get(numbers.subject);
      if (span && isSame(span, numbers)) {
        if (span.last_day < day) longer.push(numbers.subject);
        continue;
      }
      if (span && span.day < day && span.last_day === day) {
        // It was so this morning; at the end of the day it is not.
        await tx('posture_daily')
          .where({ subject: span.subject, day: span.day })
          .update({ last_day: yesterday });
      }
      written.push({ ...numbers, day, last_day: day });
    }
    if (longer.length > 0) {
      await tx('posture_daily')
        .whereIn('subject', longer)
        .where({ last_day: yesterday })
        .update({ last_day: day });
    }
    if (written.length > 0) {
      await tx('posture_daily')
        .insert(written)
        .onConflict(['subject', 'day'])
        .merge();
    }
  }
}

/** Days on which the subject was read, oldest first. */
export async function trendOf(
  knex: Knex,
  subject: string,
  since: Date,
): Promise<TrendPoint[]> {
  const first = dayOf(since);
  const spans: Span[] = await knex('posture_daily')
    .where({ subject })
    .where('last_day', '>=', first)
    .orderBy('day');
  const points: TrendPoint[] = [];
  for (const span of spans) {
    for (
      let day = span.day < first ? first : span.day;
      day <= span.last_day;
      day = dayAfter(day)
    ) {
      points.push({
        day,
        score: span.score,
        grade: GRADES[span.grade],
        compliance: COMPLIANCES[span.compliance],
        failing: span.failing,
        unknown: span.unknown,
      });
    }
  }
  return points;
}

/**
 * The same points, ending with what is so on the last day where that is something else: exemptions, rules and results
 * that are too old change it without a reading.
 */
export function endingWith<Point extends { day: string }>(
  points: readonly Point[],
  last: Point | undefined,
): Point[] {
  const before = points.at(-1);
  if (!before || !last) return [...points];
  const stays = (Object.keys(last) as Array<keyof Point>).every(
    key => key === 'day' || before[key] === last[key],
  );
  if (stays) return [...points];
  return [...points.filter(({ day }) => day < last.day), last];
}
