import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { UserFolders } from '../settings.ts';

/** Folders where packages, installers and version managers put JDKs, as patterns below the root of the file system. */
const SYSTEM = [
  'usr/lib/jvm/*',
  'usr/lib64/jvm/*',
  'usr/java/*',
  'usr/local/java/*',
  'opt/*',
  'opt/{java,jdk,jdks,jvm}/*',
  'Library/Java/JavaVirtualMachines/*/Contents/Home',
  '{opt/homebrew,usr/local,home/linuxbrew/.linuxbrew}/opt/openjdk*/libexec/openjdk.jdk/Contents/Home',
  'home/linuxbrew/.linuxbrew/opt/openjdk*/libexec',
];

/** The same below the home of a user. */
const USER = [
  '.jdks/*',
  '.gradle/jdks/*',
  '.asdf/installs/java/*',
  '.local/share/mise/installs/java/*',
  'Library/Java/JavaVirtualMachines/*/Contents/Home',
];

/** Possible homes of Java in the usual folders, those of a pattern by name. Whether they hold a JDK is for the caller to check. */
export const installedJavaHomes = (root: string, { home, sdkman }: UserFolders): string[] =>
  [
    ...SYSTEM.map((pattern) => [root, pattern] as const),
    [join(sdkman, 'candidates', 'java'), '*'] as const,
    ...USER.map((pattern) => [home, pattern] as const),
  ].flatMap(([cwd, pattern]) =>
    globSync(pattern, { cwd })
      .sort()
      .map((found) => join(cwd, found)),
  );
