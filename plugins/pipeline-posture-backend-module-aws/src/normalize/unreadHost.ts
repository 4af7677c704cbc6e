/** Why the rules of a repository are not known. */
export function notConnected(what: string) {
  return {
    code: 'not-connected' as const,
    message: `${what} is not connected, so its branch rules cannot be read.`,
    actor: 'platform-team' as const,
    action:
      'Add the host to the integrations section of the configuration, with a token that may read repository rules.',
  };
}
