export * from './HealthView';
