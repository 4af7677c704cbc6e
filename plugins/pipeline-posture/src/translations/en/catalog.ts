/** What stands in the catalog's list. */
export const catalogMessages = {
  compliance: 'Pipeline compliance',
  grade: 'Pipeline grade',
} as const;
