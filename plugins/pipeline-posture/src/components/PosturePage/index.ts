export * from './PosturePage';
