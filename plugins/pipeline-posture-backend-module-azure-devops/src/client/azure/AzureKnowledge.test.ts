import { known } from 'backstage-plugin-pipeline-posture-common';
import { serviceConnection } from '../wire';
import { AzureKnowledge, AzureReadings } from './AzureKnowledge';

const APP = '11111111-2222-4333-8444-555555550001';
const SUBJECT = 'sc://contoso/shop/deploy';
const ISSUER = 'https://vstoken.dev.azure.com/contoso';

const connection = serviceConnection.parse({
  id: 'C',
  name: 'deploy',
  type: 'azurerm',
  authorization: {
    scheme: 'WorkloadIdentityFederation',
    parameters: {
      serviceprincipalid: APP,
      workloadIdentityFederationSubject: SUBJECT,
      workloadIdentityFederationIssuer: ISSUER,
    },
  },
  data: { scopeLevel: 'AzureMLWorkspace' },
});

const knowledge = (readings: Partial<AzureReadings> = {}) =>
  new AzureKnowledge({
    tenantId: 'T',
    subscriptions: known([]),
    subscriptionNames: new Map(),
    rights: new Map(),
    servicePrincipals: known(new Map([[APP, 'principal']])),
    groups: new Map([['principal', known([])]]),
    applications: known(new Map()),
    federated: new Map(),
    ...readings,
  });

describe('what Azure says', () => {
  it('is not that an identity has no rights if nobody looked anywhere', () => {
    expect(knowledge().grantsOf(connection)).toMatchObject({
      known: false,
      reason: { code: 'not-found' },
    });
  });

  it('is that it has none where somebody looked', () => {
    const scope = '/subscriptions/s';
    const nothing = {
      scope,
      assignments: [],
      roles: new Map(),
      timeBound: [],
      eligible: [],
    };
    const rights = new Map([[scope, known(nothing)]]);
    expect(knowledge({ rights }).grantsOf(connection)).toMatchObject({
      known: true,
      value: [],
    });
  });

  it('tells the same subject of another issuer from that of the connection', () => {
    const federated = new Map([
      [
        APP,
        known([
          { issuer: `${ISSUER}/`, subject: SUBJECT },
          { issuer: 'https://evil.example', subject: SUBJECT },
        ]),
      ],
    ]);
    expect(knowledge({ federated }).otherSubjects(connection)).toMatchObject({
      value: [`${SUBJECT} of https://evil.example`],
    });
  });
});
