/** Filled in by Vite: the address of a worker's script, built apart. */
declare module '*?worker&url' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: that is how Vite hands it out.
  export default address;
}
