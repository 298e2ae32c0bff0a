import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { gatewayPlugin } from './gateway/vite-plugin.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/*
 * Two builds: `vite build` makes the app and the worker (dist/app, plain static files that work
 * under any path), `vite build --ssr` the server of `npm start` (dist/gateway).
 */
export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  define: { __BUILD__: JSON.stringify(version) },
  build: isSsrBuild
    ? {
        target: 'node20',
        outDir: 'dist/gateway',
        copyPublicDir: false,
        rollupOptions: { input: { node: 'gateway/node.ts' } },
      }
    : {
        target: 'es2022',
        outDir: 'dist/app',
        // A polyfill for browsers that cannot run the rest.
        modulePreload: { polyfill: false },
        // Inlined files would be `data:` addresses, which the CSP does not allow.
        assetsInlineLimit: 0,
      },
  plugins: isSsrBuild
    ? []
    : [
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
            globIgnores: ['sample/**'],
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
            theme_color: '#0f5c63',
            background_color: '#ffffff',
            icons: [
              { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
              { src: 'icons/pwa-192x192.png', sizes: '192x192', type: 'image/png' },
              { src: 'icons/pwa-512x512.png', sizes: '512x512', type: 'image/png' },
              {
                src: 'icons/maskable-icon-512x512.png',
                sizes: '512x512',
                type: 'image/png',
                purpose: 'maskable',
              },
            ],
          },
        }),
      ],
}));
