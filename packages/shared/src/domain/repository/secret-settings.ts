/** A setting of a repository that the engine wants in its keystore, by the name of the setting there. */
export type SecretSetting = { readonly setting: string; readonly keystore: string | undefined };

type Settings = Readonly<Record<string, unknown>>;

/** By type of repository: the settings that engines take from their keystore, where each client has its own. */
const KEYSTORE: Readonly<Record<string, readonly string[]>> = {
  s3: ['access_key', 'secret_key', 'session_token', 'proxy.username', 'proxy.password'],
  gcs: ['credentials_file'],
  azure: ['account', 'key', 'sas_token'],
};

/** Whatever the type: what the name of a secret contains, without separators. */
const SECRET =
  /password|passwd|passphrase|secret|token|credential|accesskey|accountkey|privatekey|apikey|sharedkey|connectionstring|sharedaccess|authorization/;

/** Words that say so on their own. The id of a key, such as that of a key management service, is no secret; what ends in "key" is. */
const SECRET_WORDS: readonly string[] = ['sas', 'pwd', 'jwt'];

/** Settings of OpenSearch that name a file on the nodes, and hold no secret. */
const HARMLESS: readonly string[] = ['identitytokenfile'];

/** A URL with a user or a password in it, a signed one, or a connection string. */
const SECRET_VALUE =
  /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]*@|(?:^|[?&;])(?:sig|x-amz-signature|accountkey|sharedaccesssignature)=/i;

const clientOf = ({ client }: Settings): string => (typeof client === 'string' && client !== '' ? client : 'default');

/** `secret_key`, `secretKey`, `SECRET-KEY` and `secret.key` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

const isNameOfSecret = (setting: string): boolean => {
  const name = plain(setting);
  if (HARMLESS.includes(name)) return false;
  return SECRET.test(name) || name.endsWith('key') || wordsOf(setting).some((word) => SECRET_WORDS.includes(word));
};

/** The settings that hold a secret, by name; values are never part of it. */
export const secretSettings = (type: string, settings: Settings): readonly SecretSetting[] =>
  Object.entries(settings).flatMap(([setting, value]): readonly SecretSetting[] => {
    const name = KEYSTORE[type]?.find((one) => plain(one) === plain(setting));
    if (name !== undefined) return [{ setting, keystore: `${type}.client.${clientOf(settings)}.${name}` }];
    const isSecret = isNameOfSecret(setting) || (typeof value === 'string' && SECRET_VALUE.test(value));
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
