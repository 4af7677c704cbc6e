export * from './startDemo';
