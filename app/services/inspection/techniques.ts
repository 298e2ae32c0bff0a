import * as backgroundFetch from '../../techniques/background-fetch.ts';
import * as broadcast from '../../techniques/broadcast.ts';
import * as hostile from '../../techniques/hostile.ts';
import * as keep from '../../techniques/keep.ts';
import * as notification from '../../techniques/notification.ts';
import * as periodicSync from '../../techniques/periodic-sync.ts';
import * as request from '../../techniques/request.ts';
import * as silence from '../../techniques/silence.ts';
import * as stream from '../../techniques/stream.ts';
import * as sync from '../../techniques/sync.ts';
import * as tabs from '../../techniques/tabs.ts';
import * as update from '../../techniques/update.ts';
import * as whisper from '../../techniques/whisper.ts';
import { sourceOfRun } from './source-of-run.ts';
import type { Technique } from './technique.ts';

/** By the name of their file, in the order in which they are offered. */
const modules: Record<string, Technique> = {
  request,
  stream,
  broadcast,
  whisper,
  tabs,
  silence,
  hostile,
  keep,
  update,
  'background-fetch': backgroundFetch,
  sync,
  'periodic-sync': periodicSync,
  notification,
};

/** The very files that are imported above, as text: what is shown is what runs. */
const sources = import.meta.glob('../../techniques/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface NamedTechnique {
  name: string;
  technique: Technique;
  code: string;
}

export const techniques: readonly NamedTechnique[] = Object.entries(modules).map(
  ([name, technique]) => ({
    name,
    technique,
    code: sourceOfRun(sources[`../../techniques/${name}.ts`] ?? ''),
  }),
);
