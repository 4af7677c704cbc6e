import { strictObject } from 'backstage-plugin-pipeline-posture-node';
import { z } from 'zod';

/** Addresses of one Azure: sign-in, Resource Manager and Microsoft Graph, without a slash at the end. */
export interface AzureEndpoints {
  authority: string;
  resourceManager: string;
  graph: string;
}

/** Microsoft's clouds with their addresses. */
const CLOUDS = {
  public: {
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    graph: 'https://graph.microsoft.com',
  },
  usGovernment: {
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    graph: 'https://graph.microsoft.us',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
} as const satisfies Record<string, AzureEndpoints>;

const address = z
  .string()
  .regex(
    /^https:\/\/[^/?#]+\/?$/,
    'must be an address with https and nothing after the host, such as https://management.azure.com',
  )
  .transform(url => url.replace(/\/+$/, ''));

const guid = (what: string) =>
  z
    .string()
    .regex(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      `must be the id of ${what}, such as 9188040d-6c67-4c5b-b112-36a304b66da1`,
    );

/** How `azureResourceManager` of a source is written. */
export const resourceManagerSchema = strictObject({
  tenantId: guid('a tenant of Microsoft Entra'),
  clientId: guid('an application or managed identity').optional(),
  clientSecret: z.string().min(1, 'must not be empty').optional(),
  cloud: z.enum(['public', 'usGovernment', 'china']).default('public'),
  endpoints: strictObject({
    authority: address.optional(),
    resourceManager: address.optional(),
    graph: address.optional(),
    certificateAuthorityFile: z.string().min(1).optional(),
  }).optional(),
  maxAgeHours: z.number().min(0).max(168).default(24),
})
  .superRefine(({ clientId, clientSecret }, context) => {
    if (clientSecret !== undefined && clientId === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['clientId'],
        message: 'is needed beside clientSecret',
      });
    }
  })
  .transform(({ cloud, endpoints = {}, ...rest }) => {
    const { certificateAuthorityFile, ...own } = endpoints;
    return {
      ...rest,
      endpoints: { ...CLOUDS[cloud], ...own } as AzureEndpoints,
      /** Microsoft's own sign-in services are known to the library; others are taken at their word. */
      ownAuthority: own.authority !== undefined,
      certificateAuthorityFile,
    };
  });

/** The Azure tenant behind the service connections of an organisation, checked. */
export type ResourceManagerConfig = z.output<typeof resourceManagerSchema>;
