import '../styles/global.css';
import { ContextProvider } from '@lit/context';
import { html, LitElement, render, type TemplateResult } from 'lit';
import {
  downloadsContext,
  inspectionContext,
  keepAheadContext,
  libraryContext,
  liveContext,
  outboxContext,
  playerContext,
  settingsContext,
  statusContext,
  storageContext,
  wakeUpsContext,
} from '../../contexts.ts';
import { FakeInspector } from './inspector.ts';
import {
  FakeDownloads,
  FakeKeepAhead,
  FakeLibrary,
  FakeLive,
  FakeOutbox,
  FakePlayer,
  FakeSettings,
  FakeStatus,
  FakeStorage,
  FakeWakeUps,
} from './services.ts';

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
  outbox: FakeOutbox;
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
    outbox: new FakeOutbox(),
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
  new ContextProvider(scope, { context: liveContext, initialValue: stage.live });
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
