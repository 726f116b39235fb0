/** Undefined where the file cannot be read: a problem says so. */
export const contentsOf = (
  path: string,
  where: string,
  readFile: (path: string) => string,
  problems: string[],
): string | undefined => {
  try {
    return readFile(path);
  } catch (error) {
    problems.push(`${where}: the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
    return undefined;
  }
};
