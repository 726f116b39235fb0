import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

/** The table of every setting, as docs/settings.md has it; those of a group are one row. */
export const settingsTable = (): string => {
  const rows = Object.values<Setting>(settingsCatalogue).map((setting) => {
    const { environment, yaml, standard, about } = setting.group ?? setting;
    const variable = setting.secret ? `\`${environment}\` or \`${environment}_FILE\`` : `\`${environment}\``;
    return `| ${variable} | \`${yaml}\` | ${otherwise(setting, standard)} | ${about} |`;
  });
  return ['| variable | YAML | without it | what it is |', '|---|---|---|---|', ...new Set(rows)].join('\n');
};

const otherwise = ({ group, required }: Setting, standard: string | undefined): string => {
  if (group !== undefined) return group.standard;
  if (standard === undefined) return required ? 'required' : '–';
  return `\`${standard}\``;
};
