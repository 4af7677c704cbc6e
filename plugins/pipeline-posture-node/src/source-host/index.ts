export { GithubSourceHost } from './GithubSourceHost';
export { SourceHosts, unreadBranch } from './SourceHosts';
export * from './types';
