/** Some words of a transcript, and when they are said. */
export interface Cue {
  /** 0 where the transcript has no times at all. */
  startS: number;
  endS?: number | undefined;
  /** `undefined`: the same voice goes on, or the transcript does not say. */
  speaker: string | undefined;
  /** One paragraph of plain text. */
  text: string;
}
