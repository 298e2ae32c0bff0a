interface ImportMeta {
  /** Filled in by Vite: the text of every file that matches, by its path. */
  glob(
    pattern: string,
    options: { query: '?raw'; import: 'default'; eager: true },
  ): Record<string, string>;
}
