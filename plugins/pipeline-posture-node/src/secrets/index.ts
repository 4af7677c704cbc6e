export * from './SecretScanner';
