/*
 * The part of sax that we use. Its published types bring all of Node's globals with them, into a
 * folder that must not know any.
 */
declare module 'sax' {
  export interface SaxTag {
    name: string;
    attributes: Record<string, string>;
  }

  export interface SaxParser {
    onopentag: (tag: SaxTag) => void;
    onclosetag: (name: string) => void;
    onattribute: () => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    onerror: (error: Error) => void;
    write(chunk: string): SaxParser;
  }

  interface SaxOptions {
    lowercase: boolean;
    noscript: boolean;
    strictEntities: boolean;
  }

  const sax: { parser(strict: boolean, options: SaxOptions): SaxParser };
  // biome-ignore lint/style/noDefaultExport: this is what a CommonJS module exports to ours.
  export default sax;
}
