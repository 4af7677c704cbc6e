/**
 * The model, scoring, API types, typed client and permissions of Pipeline Posture.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './labels';
export * from './links';
export * from './model';
export * from './permissions';
export * from './scoring';
