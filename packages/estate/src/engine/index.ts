export * from './behaviour';
export * from './calls';
export { localhostCertificate, type Certificate } from './certificate';
export * from './listen';
