import { AwsError } from '../errors';
import { page, Service, text } from './operation';

/** Connections to source hosts, API version 2019-12-01. */
export const codestarConnections: Service = {
  ListConnections(input, context) {
    const { items, next } = page(context.regional.connections, context, {
      token: input.NextToken,
      size: input.MaxResults,
      max: 100,
    });
    return {
      Connections: items.map(item => ({
        ConnectionName: item.name,
        ConnectionArn: item.arn,
        ProviderType: item.providerType,
        OwnerAccountId: context.account.id,
        ConnectionStatus: item.status,
        HostArn: item.hostArn,
      })),
      NextToken: next,
    };
  },

  GetHost(input, context) {
    const arn = text(input, 'HostArn');
    const host = context.regional.hosts.find(item => item.arn === arn);
    if (!host) {
      throw new AwsError('ResourceNotFoundException', `Host ${arn} not found`);
    }
    return {
      Name: host.arn.split('/')[1],
      Status: 'AVAILABLE',
      ProviderType: host.providerType,
      ProviderEndpoint: host.providerEndpoint,
    };
  },
};
