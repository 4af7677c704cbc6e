import { AuditTrail, Fact } from 'backstage-plugin-pipeline-posture-common';
import { judge, Verdict } from 'backstage-plugin-pipeline-posture-node';

/** Names of the yes-or-no facts of an audit trail. */
type Question = {
  [name in keyof AuditTrail]: AuditTrail[name] extends Fact<boolean>
    ? name
    : never;
}[keyof AuditTrail];

/**
 * Judges a yes-or-no fact of the audit trail; what was seen is added in brackets.
 *
 * @param says - sentences without full stop for yes and for no
 */
export function judgeAudit(
  audit: AuditTrail,
  question: Question,
  subject: string,
  expected: string,
  says: { yes: string; no: string },
): Verdict {
  const fact = audit[question];
  return judge(fact, subject, expected, yes => {
    const seen = fact.known
      ? fact.evidence.find(({ observed }) => observed)?.observed
      : undefined;
    return {
      ok: yes,
      observed: `${yes ? says.yes : says.no}${seen ? ` (${seen})` : ''}.`,
    };
  });
}
