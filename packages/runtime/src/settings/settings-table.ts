import type { Setting } from './setting.ts';
import { settingsCatalogue } from './settings-catalogue.ts';

/** The Markdown table of all settings in docs/settings.md; a group is one row. */
export const settingsTable = (): string => {
  const rows = Object.values<Setting>(settingsCatalogue).map((setting) => {
    const { environment, yaml, default: defaultValue, about } = setting.group ?? setting;
    const variable = setting.secret ? `\`${environment}\` or \`${environment}_FILE\`` : `\`${environment}\``;
    return `| ${variable} | \`${yaml}\` | ${otherwise(setting, defaultValue)} | ${about} |`;
  });
  return ['| variable | YAML | default | description |', '|---|---|---|---|', ...new Set(rows)].join('\n');
};

const otherwise = ({ group, required }: Setting, defaultValue: string | undefined): string => {
  if (group !== undefined) return group.default;
  if (defaultValue === undefined) return required ? 'required' : '–';
  return `\`${defaultValue}\``;
};
