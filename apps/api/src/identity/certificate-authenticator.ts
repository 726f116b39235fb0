import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { mappedRole, type RoleMapping } from '@tandem/shared/domain/identity/role-mapping.ts';
import type { Authenticator, ClientCertificate } from './caller.ts';
import { unauthenticated } from './refusals.ts';

/** Client certificates: the subject, or one of the alternative names, grants the role that the mapping has for it. */
export const certificateAuthenticator =
  (mapping: RoleMapping): Authenticator =>
  async ({ certificate, address }) => {
    if (certificate === undefined) return undefined;
    if (!certificate.isTrusted()) throw unauthenticated();
    const names = namesOf(certificate);
    const role = mappedRole(mapping, names);
    if (role === undefined) {
      const listed = names.map((name) => JSON.stringify(name)).join(', ');
      throw fail('FORBIDDEN', `The certificate has no role: ROLE_MAPPING has none of its names (${listed}).`, {});
    }
    const [id = ''] = names;
    const actor = { kind: 'certificate', id, name: certificate.commonName ?? id, address } as const;
    return { actor, role, stillAccepted: async () => certificate.isTrusted() };
  };

/** The subject first, if it has one. */
const namesOf = ({ subject, alternativeNames }: ClientCertificate): readonly string[] =>
  [subject, ...alternativeNames].filter((name) => name !== '');
