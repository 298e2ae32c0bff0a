import { Device } from '../../testing/device.ts';

/** A device that is asked for an episode of 600,000 bytes, whose host gives it as a whole alone. */
export async function withoutRanges({ background = false } = {}): Promise<Device> {
  const device = await Device.create({ sizeBytes: 600_000, background });
  device.host.answersRanges = false;
  await device.request();
  return device;
}
