import type { Failure } from '../../../../core/model/failure.ts';
import type { ImportCounts, ImportedFeed } from '../../../../core/model/feed-import.ts';
import type { WakeUp } from '../../../../core/model/wake-up.ts';
import type { Imports, Outbox, OutboxView, WakeUpState, WakeUps } from '../../../contexts.ts';
import { Fake } from './fake.ts';

export class FakeWakeUps extends Fake implements WakeUps {
  sync: WakeUpState = 'idle';
  periodicSync: WakeUpState = 'refused';
  rows: WakeUp[] = [];

  received(limit: number): Promise<WakeUp[]> {
    return Promise.resolve(this.rows.slice(0, limit));
  }
}

export class FakeOutbox extends Fake implements Outbox {
  rows: OutboxView[] = [];

  entries(): Promise<OutboxView[]> {
    return Promise.resolve(this.rows);
  }

  retry(sequence: number): Promise<void> {
    return this.called(`retry ${sequence}`);
  }

  discard(sequence: number): Promise<void> {
    return this.called(`discard ${sequence}`);
  }
}

export class FakeImports extends Fake implements Imports {
  counts: ImportCounts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };
  reading = false;
  failure: Failure | undefined;
  all: ImportedFeed[] = [];

  /** Shows these rows from now on. */
  show(...rows: ImportedFeed[]): void {
    this.all = rows;
    this.counts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };
    for (const { state } of rows) if (state.kind !== 'listed') this.counts[state.kind] += 1;
    this.changed();
  }

  async rows(kind: keyof ImportCounts, limit: number): Promise<ImportedFeed[]> {
    return this.all.filter(({ state }) => state.kind === kind).slice(0, limit);
  }

  async fromFile(file: Blob): Promise<void> {
    await this.called(`fromFile ${await file.text()}`);
  }

  fromAddress(address: string): Promise<void> {
    return this.called(`fromAddress ${address}`);
  }

  async saveList(): Promise<number> {
    await this.called('saveList');
    return 1;
  }

  cancel(): Promise<void> {
    return this.called('cancel');
  }

  resume(): Promise<void> {
    return this.called('resume');
  }

  clear(): Promise<void> {
    return this.called('clear');
  }
}
