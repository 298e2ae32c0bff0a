// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** Flags for every Chromium that a test starts: as root in a container, silent, and able to play. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

const chromiumPaths = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    inProgramFiles('Google/Chrome/Application/chrome.exe'),
    inProgramFiles('Microsoft/Edge/Application/msedge.exe'),
  ].flat(),
};

const firefoxPaths = {
  linux: ['/usr/bin/firefox', '/usr/bin/firefox-esr', '/snap/bin/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: inProgramFiles('Mozilla Firefox/firefox.exe'),
};

/**
 * The Chromium to test with: `BROWSER_PATH`, Playwright's own, or one that the system has.
 * Installs nothing.
 * @returns {string | undefined} the path of the executable
 */
export function findChromium() {
  return firstExisting(process.env.BROWSER_PATH, playwrightsOwn(), ...onThisSystem(chromiumPaths));
}

/**
 * The stock Firefox to test with: `FIREFOX_PATH`, or one that the system has. Never installed:
 * where there is none, its tests are skipped.
 * @returns {string | undefined} the path of the executable
 */
export function findFirefox() {
  return firstExisting(process.env.FIREFOX_PATH, ...onThisSystem(firefoxPaths));
}

/**
 * Finds Chromium, or installs it. May take minutes, and prints what it does.
 * @returns {string | undefined} the path; `undefined` after saying what to do by hand
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD !== '1') {
    console.log('No Chromium found: asking Playwright for its own.');
    const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
    run(process.execPath, [cli, 'install', 'chromium'], 180_000);
    const own = playwrightsOwn();
    // On a bare system the download may lack libraries, and then it does not even tell its version.
    if (own && existsSync(own) && starts(own)) return own;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the Chromium package of this system.');
    run('apt-get', ['update'], 120_000);
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], 300_000);
    const installed = firstExisting(...onThisSystem(chromiumPaths));
    if (installed) return installed;
  }
  console.error('No Chromium to test with. Install one, or set BROWSER_PATH to one:');
  console.error('  npx playwright install --with-deps chromium');
  return undefined;
}

/** @param {...(string | undefined)} paths */
function firstExisting(...paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}

/** @param {Record<string, string[]>} pathsByPlatform */
function onThisSystem(pathsByPlatform) {
  return pathsByPlatform[process.platform] ?? [];
}

function playwrightsOwn() {
  try {
    return chromium.executablePath();
  } catch {
    return undefined; // Playwright knows no build for this system.
  }
}

/** @param {string} path */
function inProgramFiles(path) {
  const folders = [
    process.env.ProgramFiles,
    process.env['ProgramFiles(x86)'],
    process.env.LOCALAPPDATA,
  ];
  return folders.filter((folder) => folder !== undefined).map((folder) => join(folder, path));
}

/** @param {string} path */
function starts(path) {
  // On Windows Chrome has no --version: it would open a window.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/** @param {string} command @param {string[]} parameters @param {number} timeoutMs */
function run(command, parameters, timeoutMs) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, parameters, { stdio: 'inherit', timeout: timeoutMs, env });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`Chromium: ${ensureChromium() ?? 'none'}`);
  console.log(`Firefox:  ${findFirefox() ?? 'none; its tests are skipped'}`);
}
