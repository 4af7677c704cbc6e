/**
 * Shows how secure the pipelines of a service are, and how to fix them.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './availability';
export * from './catalog';
export * from './plugin';
export * from './routes';
export * from './translation';
export type { SearchResultItemProps } from './components/searchResults';
