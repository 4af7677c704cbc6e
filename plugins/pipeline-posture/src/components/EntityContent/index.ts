export * from './EntityContent';
