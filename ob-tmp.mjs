import { runnerImport } from 'vite';
Object.assign(globalThis, { self: globalThis }); if (!('navigator' in globalThis)) Object.assign(globalThis, { navigator: { userAgent: '' } });
const root=process.cwd();
const { module } = await runnerImport(root+'/sw/testing/simulator/outbox/outbox-seeds.ts', { configFile: false, logLevel: 'error' });
const first=Number(process.argv[2]), n=Number(process.argv[3]);
if (process.argv[4]==='trace'){ const { module: s } = await runnerImport(root+'/sw/testing/simulator/outbox/simulate-outbox.ts', { configFile: false, logLevel: 'error' }); const { module: c } = await runnerImport(root+'/sw/testing/simulator/outbox/schedule.ts', { configFile: false, logLevel: 'error' }); const o=await s.simulateOutbox(c.outboxScheduleOf(first),{keepsTrace:true}); console.log(o.trace); console.log(o.violations); process.exit(0);}
const c = new module.OutboxCampaign(); const u=process.cpuUsage();
for (let s=first;s<first+n;s++) await c.run(s);
const d=process.cpuUsage(u);
console.log(c.report); for (const f of c.failures.slice(0,15)) console.log(f);
console.log('cpu s', (d.user+d.system)/1e6, 'kinds', c.faults.counts.size);
