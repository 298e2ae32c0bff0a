import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
const deploysFolder = join(projectFolder, 'dist/deploys');
const builtApp = join(projectFolder, 'dist/app');
const vite = join(projectFolder, 'node_modules/vite/bin/vite.js');

/** What people may put on a server after the app that `npm run build` has made. */
export type Deploy =
  /** The build under test itself. */
  | 'first'
  /** A later version: other names for every script, the same protocol. */
  | 'next'
  /** A later version whose page and worker speak another protocol. */
  | 'next-protocol'
  /** As `next`, but a file that its worker stores is missing. */
  | 'with-a-missing-file'
  /** As `next`, but that file is answered with index.html, as some hosts do. */
  | 'with-a-page-for-a-file'
  /** As `next`, but the page is still the one of `first`. */
  | 'with-an-old-page'
  /** As `next`, but its worker throws when it starts. */
  | 'with-a-throwing-worker'
  /** As `next`, but `sw.js` is answered with a page. */
  | 'with-a-page-for-a-worker'
  /** As `next`, without `sw.js`. */
  | 'without-a-worker'
  | 'kill-switch';

const making = new Map<Deploy, Promise<string>>();

/** The folder of a deploy; made when it is first asked for, and kept until the app is built anew. */
export function folderOf(deploy: Deploy): Promise<string> {
  if (deploy === 'first') return Promise.resolve(builtApp);
  const known = making.get(deploy) ?? make(deploy);
  making.set(deploy, known);
  return known;
}

async function make(deploy: Deploy): Promise<string> {
  const worker = await readFile(join(builtApp, 'sw.js'));
  const digest = createHash('sha256').update(worker).digest('hex').slice(0, 16);
  const folder = join(deploysFolder, `${digest}-${deploy}`);
  if (existsSync(folder)) return folder;
  await mkdir(deploysFolder, { recursive: true });
  await forgetOthers(digest);
  const draft = await mkdtemp(join(tmpdir(), 'stowaway-deploy-'));
  const made = join(draft, 'app');
  await fill(made, deploy);
  await cp(made, `${folder}.${process.pid}`, { recursive: true, verbatimSymlinks: true });
  // Another process may have been first, with the same.
  await rename(`${folder}.${process.pid}`, folder).catch(() =>
    rm(`${folder}.${process.pid}`, { recursive: true }),
  );
  await rm(draft, { recursive: true });
  return folder;
}

/** Those that were derived from builds before this one. */
async function forgetOthers(digest: string): Promise<void> {
  for (const name of await readdir(deploysFolder)) {
    if (!name.startsWith(digest))
      await rm(join(deploysFolder, name), { recursive: true, force: true });
  }
}

async function fill(folder: string, deploy: Deploy): Promise<void> {
  if (deploy === 'next') return build(folder, { APP_VERSION: '99.0.0' });
  if (deploy === 'next-protocol') {
    return build(folder, { APP_VERSION: '99.1.0', APP_PROTOCOL: '99' });
  }
  const from = deploy === 'kill-switch' ? builtApp : await folderOf('next');
  await cp(from, folder, { recursive: true });
  if (deploy === 'kill-switch') return runVite(['--mode', 'kill-switch', '--outDir', folder], {});
  const worker = join(folder, 'sw.js');
  switch (deploy) {
    case 'with-a-missing-file':
      return rm(await aStoredScript(folder));
    case 'with-a-page-for-a-file': {
      const script = await aStoredScript(folder);
      await rm(script);
      // The server goes by the name that a link leads to.
      return symlink('../index.html', script);
    }
    case 'with-an-old-page':
      return cp(join(builtApp, 'index.html'), join(folder, 'index.html'));
    case 'with-a-throwing-worker':
      return writeFile(worker, `throw new Error('broken');${await readFile(worker, 'utf8')}`);
    case 'with-a-page-for-a-worker':
      await rm(worker);
      return symlink('index.html', worker);
    case 'without-a-worker':
      return rm(worker);
  }
}

/** A script that no page needs before it goes to Settings. */
async function aStoredScript(folder: string): Promise<string> {
  const worker = await readFile(join(folder, 'sw.js'), 'utf8');
  const name = /assets\/settings-page-[\w-]+\.js/.exec(worker)?.[0];
  if (!name) throw new Error('The worker stores no script of the settings page.');
  return join(folder, name);
}

async function build(folder: string, variables: Record<string, string>): Promise<void> {
  await runVite(['--outDir', folder], variables);
  await cp(join(builtApp, 'later.js'), join(folder, 'later.js'));
}

async function runVite(words: string[], variables: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error', ...words], {
    cwd: projectFolder,
    env: { ...process.env, ...variables, NODE_ENV: 'production' },
  });
}
