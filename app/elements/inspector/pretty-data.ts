import { MAX_DATA_CHARACTERS, type Trace } from '../../../core/contract/trace.ts';

/** What was said, indented where it is whole JSON; `cutAt` where the recording kept only its start. */
export interface PrettyData {
  text: string;
  cutAt: number | undefined;
}

export function prettyData({ data, sizeBytes }: Trace): PrettyData | undefined {
  if (data === undefined) return undefined;
  if (sizeBytes !== undefined && sizeBytes > data.length) {
    return { text: data, cutAt: Math.min(data.length, MAX_DATA_CHARACTERS) };
  }
  return { text: indented(data), cutAt: undefined };
}

function indented(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    // Not JSON after all: as it is.
    return data;
  }
}
