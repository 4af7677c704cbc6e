/**
 * What comes of a script: the result of its last command, that of its last
 * program, nothing at all, or whether the last statement of PowerShell succeeded.
 *
 * @public
 */
export type Ending =
  | 'last command'
  | 'last program'
  | 'last statement'
  | 'ignored';
