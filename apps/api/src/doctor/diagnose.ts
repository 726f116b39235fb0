import { runDoctor } from '@tandem/planning/doctor/run-doctor.ts';
import type { DoctorRedis, DoctorSources } from '@tandem/planning/doctor/sources.ts';
import { withoutSecrets } from '@tandem/runtime/settings/secrets.ts';
import { settingsFacts } from '@tandem/runtime/settings/settings-facts.ts';
import { settingsNow } from '@tandem/runtime/settings/start-settings.ts';
import type { DoctorReport } from '@tandem/shared/domain/doctor/report.ts';

export type Diagnose = Omit<DoctorSources, 'settings' | 'redis' | 'withoutSecrets'> & {
  readonly redis: Omit<DoctorRedis, 'inspect'>;
  /** Opens connections of their own, for one run. */
  readonly openInspection: () => Pick<DoctorRedis, 'inspect'> & { readonly close: () => Promise<unknown> };
};

/** Runs the doctor with the settings as they are then. */
export const diagnose =
  ({ openInspection, redis, ...sources }: Diagnose) =>
  async (): Promise<DoctorReport> => {
    const survey = settingsNow();
    const inspection = openInspection();
    return runDoctor({
      ...sources,
      settings: settingsFacts(survey),
      redis: { ...redis, inspect: inspection.inspect },
      withoutSecrets: (text) => withoutSecrets(text, survey.secrets),
    }).finally(inspection.close);
  };
