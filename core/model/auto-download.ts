/** How a podcast's new episodes are downloaded by themselves. */
export interface AutoDownload {
  on: boolean;
  /** At most so many at once: the newest. */
  newest: number;
  /** `null`: no limit. */
  minDurationS: number | null;
  maxDurationS: number | null;
  /** Words that a title must, or must not, hold; empty: any will do. */
  titleHas: string;
  titleLacks: string;
  /** Wait for a network without data limits, whatever the settings say. */
  onlyUnmetered: boolean;
}

/** What holds until somebody decides. Nothing that costs data is on by itself. */
export const NO_AUTO_DOWNLOAD: AutoDownload = {
  on: false,
  newest: 3,
  minDurationS: null,
  maxDurationS: null,
  titleHas: '',
  titleLacks: '',
  onlyUnmetered: true,
};
