export * from './ProductionClassifier';
