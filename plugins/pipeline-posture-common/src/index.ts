/**
 * The model, scoring, API types, typed client and permissions of Pipeline Posture.
 *
 * @packageDocumentation
 */
export * from './model';
export * from './scoring';
