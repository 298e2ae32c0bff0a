import '../styles/global.css';
import { ContextProvider } from '@lit/context';
import { html, LitElement, render, type TemplateResult } from 'lit';
import {
  downloadsContext,
  importsContext,
  inspectionContext,
  keepAheadContext,
  libraryContext,
  liveContext,
  outboxContext,
  playerContext,
  searchContext,
  settingsContext,
  statusContext,
  storageContext,
  wakeUpsContext,
} from '../../contexts.ts';
import { FakeSettings, FakeStatus } from './fakes/app.ts';
import { FakeDownloads, FakeStorage } from './fakes/downloads.ts';
import { FakeImports, FakeOutbox, FakeWakeUps } from './fakes/later.ts';
import { FakeKeepAhead, FakeLibrary, FakeLive } from './fakes/library.ts';
import { FakePlayer } from './fakes/player.ts';
import { FakeSearch } from './fakes/search.ts';
import { FakeInspector } from './inspector.ts';

export interface Stage {
  library: FakeLibrary;
  downloads: FakeDownloads;
  player: FakePlayer;
  status: FakeStatus;
  storage: FakeStorage;
  inspector: FakeInspector;
  settings: FakeSettings;
  wakeUps: FakeWakeUps;
  keepAhead: FakeKeepAhead;
  live: FakeLive;
  search: FakeSearch;
  outbox: FakeOutbox;
  imports: FakeImports;
}

export function aStage(): Stage {
  return {
    library: new FakeLibrary(),
    downloads: new FakeDownloads(),
    player: new FakePlayer(),
    status: new FakeStatus(),
    storage: new FakeStorage(),
    inspector: new FakeInspector(),
    settings: new FakeSettings(),
    wakeUps: new FakeWakeUps(),
    keepAhead: new FakeKeepAhead(),
    live: new FakeLive(),
    search: new FakeSearch(),
    outbox: new FakeOutbox(),
    imports: new FakeImports(),
  };
}

/** Provides the services of a stage to everything inside `scope`. */
export function provide(scope: HTMLElement, stage: Stage): void {
  new ContextProvider(scope, { context: libraryContext, initialValue: stage.library });
  new ContextProvider(scope, { context: downloadsContext, initialValue: stage.downloads });
  new ContextProvider(scope, { context: playerContext, initialValue: stage.player });
  new ContextProvider(scope, { context: statusContext, initialValue: stage.status });
  new ContextProvider(scope, { context: storageContext, initialValue: stage.storage });
  new ContextProvider(scope, { context: inspectionContext, initialValue: stage.inspector });
  new ContextProvider(scope, { context: settingsContext, initialValue: stage.settings });
  new ContextProvider(scope, { context: wakeUpsContext, initialValue: stage.wakeUps });
  new ContextProvider(scope, { context: importsContext, initialValue: stage.imports });
  new ContextProvider(scope, { context: liveContext, initialValue: stage.live });
  new ContextProvider(scope, { context: searchContext, initialValue: stage.search });
  new ContextProvider(scope, { context: outboxContext, initialValue: stage.outbox });
  new ContextProvider(scope, { context: keepAheadContext, initialValue: stage.keepAhead });
}

/** Puts an element on an empty page, with the services above it, and waits for its first render. */
export async function mount<Tag extends keyof HTMLElementTagNameMap>(
  template: TemplateResult,
  tag: Tag,
  stage: Stage = aStage(),
): Promise<HTMLElementTagNameMap[Tag]> {
  document.body.replaceChildren();
  const scope = document.createElement('div');
  provide(scope, stage);
  document.body.append(scope);
  render(html`${template}`, scope);
  const element = scope.querySelector(tag);
  if (!element) throw new Error(`The template holds no <${tag}>`);
  if (element instanceof LitElement) await element.updateComplete;
  return element;
}
