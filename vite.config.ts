import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { gatewayPlugin } from './gateway/vite-plugin.ts';

const packageFile = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Tests build further versions to update to: these two make one out of the same sources. */
const { APP_VERSION: version = packageFile.version, APP_PROTOCOL } = process.env;

/** App and worker: plain static files that work under any path, also without the gateway. */
const app: UserConfig = {
  base: './',
  define: {
    'import.meta.env.APP_VERSION': JSON.stringify(version),
    ...(APP_PROTOCOL && { __APP_PROTOCOL__: APP_PROTOCOL }),
  },
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    // Every file is on this device after the first visit: nothing to hurry for, and no code to do it.
    modulePreload: false,
    // Inlined files would be `data:` addresses, which the CSP does not allow.
    assetsInlineLimit: 0,
  },
  plugins: [
    gatewayPlugin(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        target: 'es2022',
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        // Stored with the worker itself, see sw/later-script.ts.
        globIgnores: ['sample/**', 'later.js'],
      },
      devOptions: { enabled: true, type: 'module' },
      manifest: {
        id: './',
        name: 'Stowaway',
        short_name: 'Stowaway',
        description: 'Podcasts that come along: what it says is downloaded, plays.',
        start_url: './',
        scope: './',
        display: 'standalone',
        categories: ['entertainment', 'news', 'education'],
        theme_color: '#0b6a73',
        background_color: '#f5f8f8',
        launch_handler: { client_mode: 'focus-existing' },
        // All of these are read by app/launch.ts; routes live behind the hash.
        share_target: {
          action: './',
          method: 'GET',
          enctype: 'application/x-www-form-urlencoded',
          params: { title: 'title', text: 'text', url: 'url' },
        },
        protocol_handlers: [{ protocol: 'web+podcast', url: './?podcast=%s' }],
        file_handlers: [{ action: './#/import', accept: { 'text/x-opml': ['.opml'] } }],
        shortcuts: ['Downloads', 'Search', 'Episodes'].map((name) => ({
          name,
          url: `./#/${name.toLowerCase()}`,
          icons: [
            { src: `icons/shortcut-${name.toLowerCase()}.png`, sizes: '96x96', type: 'image/png' },
          ],
        })),
        icons: [
          { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icons/pwa-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/pwa-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
    }),
  ],
};

/** The worker's second script, put beside the first. */
const later: UserConfig = {
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: false,
    rollupOptions: {
      input: 'sw/later.ts',
      output: { format: 'iife', entryFileNames: 'later.js' },
    },
  },
};

/** Ends the worker everywhere: deploy its `sw.js` in place of the other, see sw/kill-switch.ts. */
const killSwitch: UserConfig = {
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: false,
    rollupOptions: {
      input: 'sw/kill-switch.ts',
      output: { format: 'iife', entryFileNames: 'sw.js' },
    },
  },
};

/** The server of `npm start`. */
const gateway: UserConfig = {
  publicDir: false,
  build: {
    target: 'node20',
    outDir: 'dist/gateway',
    rollupOptions: { input: { node: 'gateway/node.ts' } },
  },
};

/** In development the worker is a module, which cannot import a script later. */
const inDevelopment: UserConfig = {
  resolve: {
    alias: [{ find: /^.*\/later-script\.ts$/, replacement: resolve('sw/later-script.dev.ts') }],
  },
};

// biome-ignore lint/style/noDefaultExport: Vite wants it.
export default defineConfig(({ command, mode, isSsrBuild }) => {
  if (mode === 'later') return later;
  if (mode === 'kill-switch') return killSwitch;
  if (isSsrBuild) return gateway;
  return command === 'serve' ? { ...app, ...inDevelopment } : app;
});
