const ARN = /^arn:([^:]+):([^:]*):([^:]*):(\d{12}|):(.+)$/;

/** The account in an ARN. */
export function accountOf(arn: string | undefined): string | undefined {
  return ARN.exec(arn ?? '')?.[4] || undefined;
}

/** The name of a role, function or state machine: the last part of its ARN. */
export function nameOf(arn: string): string {
  return arn.split(/[/:]/).pop() ?? arn;
}
