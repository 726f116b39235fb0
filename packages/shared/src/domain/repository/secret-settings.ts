/** A setting of a repository that the engine wants in its keystore, by the name of the setting there. */
export type SecretSetting = { readonly setting: string; readonly keystore: string | undefined };

type Settings = Readonly<Record<string, unknown>>;

/** By type of repository: the settings that engines take from their keystore, where each client has its own. */
const KEYSTORE: Readonly<Record<string, readonly string[]>> = {
  s3: ['access_key', 'secret_key', 'session_token', 'proxy.username', 'proxy.password'],
  gcs: ['credentials_file'],
  azure: ['account', 'key', 'sas_token'],
};

/** Whatever the type: what only a secret is called. Not the id of a key, such as that of a key management service. */
const SECRET =
  /(?:^|[._-])(?:password|passwd|secret|secret_key|access_key|private_key|api_key|token|session_token|sas_token|credentials|credentials_file|key)$/;

/** A URL with a user or a password in it. */
const URL_WITH_USER = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@/i;

const clientOf = ({ client }: Settings): string => (typeof client === 'string' && client !== '' ? client : 'default');

/** The settings that hold a secret, by name; values are never part of it. */
export const secretSettings = (type: string, settings: Settings): readonly SecretSetting[] =>
  Object.entries(settings).flatMap(([setting, value]): readonly SecretSetting[] => {
    const name = setting.toLowerCase();
    if (KEYSTORE[type]?.includes(name)) return [{ setting, keystore: `${type}.client.${clientOf(settings)}.${name}` }];
    const isSecret = SECRET.test(name) || (typeof value === 'string' && URL_WITH_USER.test(value));
    return isSecret ? [{ setting, keystore: undefined }] : [];
  });

/** The settings that may be shown, and the names of those that are left out. */
export const shownSettings = <Value>(
  type: string,
  settings: Readonly<Record<string, Value>>,
): { readonly settings: Readonly<Record<string, Value>>; readonly secretSettings: readonly string[] } => {
  const secrets = secretSettings(type, settings).map(({ setting }) => setting);
  const shown = Object.entries(settings).filter(([name]) => !secrets.includes(name));
  return { settings: Object.fromEntries(shown), secretSettings: secrets };
};
