import { describe, expect, it } from 'vitest';
import { canBeMedia } from './sniff.ts';

const text = (content: string) => new TextEncoder().encode(content);
const mp3 = new Uint8Array([0xff, 0xfb, 0x90, 0x44, 0, 0, 0, 0]);
const id3 = new Uint8Array([...text('ID3'), 4, 0, 0, 0, 0, 0, 0x23]);

describe('canBeMedia', () => {
  it.each([
    ['an MP3', 'audio/mpeg', mp3],
    ['an MP3 with a tag in front', 'audio/mpeg', id3],
    ['an MP3 that says nothing about itself', '', mp3],
    ['an MP3 under a type that hosts give to anything', 'application/octet-stream', mp3],
    ['an MP4', 'video/mp4', new Uint8Array([0, 0, 0, 0x20, ...text('ftypM4A ')])],
    ['an Ogg', 'application/ogg', new Uint8Array([...text('OggS'), 0, 2])],
    ['a WAV', 'audio/wav', new Uint8Array([...text('RIFF'), 0x24, 0, 0, 0, ...text('WAVE')])],
  ])('%s can', (_name, type, bytes) => {
    expect(canBeMedia(type, bytes)).toBe(true);
  });

  const page = text('<!doctype html>\r\n<title>Log in</title>\t');

  it.each([
    ['a page', 'text/html; charset=utf-8', page],
    ['a page that calls itself audio', 'audio/mpeg', page],
    ['a page with a byte order mark', 'audio/mpeg', text('\ufeff<html>')],
    ['a page in another script', '', text('Ошибка 404: страница не найдена')],
    ['a feed', 'application/xml', text('<?xml version="1.0"?><rss/>')],
    ['an error in JSON', 'application/problem+json', text('{"status":500}')],
    ['audio under the type of a page', 'TEXT/HTML', mp3],
    ['several ranges in one', 'multipart/byteranges; boundary=x', mp3],
    ['nothing', 'audio/mpeg', new Uint8Array()],
  ])('%s cannot', (_name, type, bytes) => {
    expect(canBeMedia(type, bytes)).toBe(false);
  });
});
