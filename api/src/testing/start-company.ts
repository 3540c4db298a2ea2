import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

// Run as a process of its own by tests: a company's provider of accounts. Whoever was told to sit before the browser, by PUT /person,
// signs in without a word. Prints where it answers.

const [redirectUri = '', clientId = '', clientSecret = ''] = process.argv.slice(2);
const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
let person: { sub: string } & Record<string, unknown> = { sub: 'nobody' };

const provider = new Provider(issuer, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  findAccount: async (_, sub) => ({ accountId: sub, claims: async () => ({ ...person, sub }) }),
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['a key for the provider of the tests'] },
});
const answer = provider.callback();

server.on('request', async (request, response) => {
  if (request.method === 'PUT' && request.url === '/person') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    person = JSON.parse(Buffer.concat(chunks).toString());
    response.end();
  } else if (request.url?.startsWith('/interaction/')) {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: person.sub, clientId: String(params['client_id']) });
    grant.addOIDCScope('openid email profile');
    const result = { login: { accountId: person.sub }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
});
process.stdout.write(`${JSON.stringify({ issuer })}\n`);
