export * from './extensions';
export * from './types';
