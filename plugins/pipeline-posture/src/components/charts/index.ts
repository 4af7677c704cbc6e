export * from './TrendChart';
