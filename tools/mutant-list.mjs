// @ts-check
/*
 * Mistakes that somebody could make, each one small and each one the end of a promise. Made by hand,
 * because most of them only show in a browser: in the store, in two writers, in a crash.
 */

/**
 * @typedef {object} MutantGroup
 * @property {string} file where the mistake is made
 * @property {'unit' | 'rows'} project
 * @property {string[]} tests what has to find it
 * @property {[from: string, to: string][]} mutants `from` stands in the file exactly once
 */

const downloads = 'sw/downloads/';

/** @type {MutantGroup[]} */
export const MUTANT_GROUPS = [
  {
    file: 'core/model/download.ts',
    project: 'unit',
    tests: ['core/model/download.test.ts'],
    mutants: [
      ["return event.type === 'requested' ? { kind: 'queued' } : state;", 'return state;'],
      [
        "event.type === 'started' ? { kind: 'active' }",
        "event.type === 'stored' ? { kind: 'active' }",
      ],
      [
        "if (event.type === 'stored') return { kind: 'verifying' };",
        "if (event.type === 'stored') return { kind: 'committed' };",
      ],
      ["case 'verified':\n      return { kind: 'committed' };", ''],
      ["return state.paused ? state : { kind: 'verifying', paused: true };", 'return state;'],
      [
        "return state.paused ? { kind: 'paused', reason: 'user' } : { kind: 'queued' };",
        "return { kind: 'queued' };",
      ],
      [
        "return state.paused ? { kind: 'paused', reason: 'user' } : leave(state, event);",
        'return leave(state, event);',
      ],
      ["return before.kind === 'active' || before.kind === 'verifying'", 'return true'],
      ["state.reason === 'user' ? state : { kind: 'queued' }", "{ kind: 'queued' }"],
      ["event.type === 'interrupted' ? state : leave(state, event)", 'leave(state, event)'],
      ["if (event.type === 'evicted') return { kind: 'evicted' };", ''],
      ["if (event.type === 'requested') return { kind: 'deleting', again: true };", ''],
      ["if (event.type === 'deleted') return { kind: 'deleting', again: false };", ''],
      ["{ kind: state.again ? 'queued' : 'absent' }", "{ kind: 'absent' }"],
      [
        "return { kind: 'paused', reason: event.reason };",
        "return { kind: 'paused', reason: 'user' };",
      ],
    ],
  },
  {
    file: 'core/model/attempt.ts',
    project: 'unit',
    tests: ['core/model/attempt.test.ts'],
    mutants: [['sum + entry.lengthBytes', 'sum + entry.offsetBytes']],
  },
  {
    file: `${downloads}range.ts`,
    project: 'unit',
    tests: [`${downloads}range.test.ts`],
    mutants: [
      ["if (isMisplaced || first + last === '' ||", "if (first + last === '' ||"],
      ["first + last === ''", "first === ''"],
      ['isLess(last, first)', 'Number(last) < Number(first)'],
      ['isLess(last, first)', 'false'],
      ['if (/^[ \\t]*$/.test(element)) continue;', ''],
      ['if (!part) return { status: 416 };', 'if (!part) return { status: 200 };'],
      ['return another ? { status: 200 } : part;', 'return part;'],
      ['Math.max(0, totalBytes - Number(last))', 'totalBytes - Number(last)'],
      ['firstByte >= totalBytes', 'firstByte > totalBytes'],
      ['Math.min(Number(last), totalBytes - 1)', 'Number(last)'],
      ['a.length < b.length', 'a.length > b.length'],
      ['a.length === b.length ? a < b', 'a.length === b.length ? a <= b'],
      ['if (lastByte < firstByte ||', 'if (lastByte <= firstByte ||'],
      ['lastByte >= totalBytes', 'lastByte > totalBytes'],
      ['/^"[^"]*"$/', '/"[^"]*"$/'],
    ],
  },
  {
    file: `${downloads}plan.ts`,
    project: 'unit',
    tests: [`${downloads}plan.test.ts`],
    mutants: [
      ['if (offsetBytes > position) spans', 'if (offsetBytes >= position) spans'],
      [
        'position = Math.max(position, offsetBytes + lengthBytes)',
        'position = offsetBytes + lengthBytes',
      ],
      ['position < totalBytes', 'position <= totalBytes'],
      ['entry.lengthBytes, 0) === totalBytes', 'entry.lengthBytes, 0) >= totalBytes'],
      ['Math.min(segmentBytes, endBytes - offsetBytes)', 'segmentBytes'],
      ['overlapBytes: Math.min(OVERLAP_BYTES, offsetBytes)', 'overlapBytes: OVERLAP_BYTES'],
      ['offsetBytes + lengthBytes - 1}', 'offsetBytes + lengthBytes}'],
      ['String(a) < String(b)', 'a < b'],
      ['Math.max(ideal, MIN_SEGMENT_BYTES)', 'ideal'],
    ],
  },
  {
    file: `${downloads}judge.ts`,
    project: 'unit',
    tests: [`${downloads}judge.test.ts`],
    mutants: [
      ['status === 412 || status === 416 || status === 200', 'status === 416 || status === 200'],
      ['etag !== attempt.validator', 'etag === attempt.validator'],
      ['attempt.validator && etag && etag', 'etag && etag'],
      ["if (headers.has('content-encoding')) return 'changed';", ''],
      ['range?.firstByte === offsetBytes - overlapBytes', 'range?.firstByte === offsetBytes'],
      ['range.lastByte === offsetBytes + lengthBytes - 1', 'range.lastByte > offsetBytes'],
      ['range.totalBytes === attempt.totalBytes', 'true'],
      ["if (status !== 206) return isTransient(status) ? 'wait' : 'refused';", "return 'wait';"],
      [
        "return 'good';\n  return isTransient(status)",
        "return 'good';\n  return !isTransient(status)",
      ],
    ],
  },
  {
    file: `${downloads}media-reader.ts`,
    project: 'rows',
    tests: [`${downloads}serve-half-stored.browser.test.ts`],
    mutants: [
      ['length === null || Number(length) ===', 'true || Number(length) ==='],
      [
        'tail ? gapEnd : (this.attempt.totalBytes ??',
        'true ? gapEnd : (this.attempt.totalBytes ??',
      ],
      ['!(await this.repeats(tail, reader))', 'false'],
      ['(!tail && this.position !== firstByte)', 'false'],
    ],
  },
  {
    file: `${downloads}turns.ts`,
    project: 'rows',
    tests: [`${downloads}turns.browser.test.ts`],
    mutants: [
      ["!== 'offered') continue;", "!== 'offered') continue;\n    break;"],
      ['underWay.size < places', 'true'],
      ['const done = takeTurn(context, next)', 'const done = Promise.resolve()'],
    ],
  },
  {
    file: 'core/storage/downloads.ts',
    project: 'rows',
    tests: ['core/storage/downloads.browser.test.ts', `${downloads}last-moment.browser.test.ts`],
    mutants: [
      ["download?.state.kind === 'verifying' &&", ''],
      ['attempt?.epoch === epoch &&', 'attempt &&'],
      ['attempt.journal.every(({ offsetBytes }) => offsets.has(offsetBytes))', 'true'],
      ['receivedBytes(attempt) === attempt.totalBytes &&', ''],
    ],
  },
  {
    file: 'core/model/integrity.ts',
    project: 'unit',
    tests: ['core/model/integrity.test.ts'],
    mutants: [
      ["(['sha512', 'sha384', 'sha256'] as const)", "(['sha256', 'sha384', 'sha512'] as const)"],
      [".replaceAll('-', '+')", ''],
      ['digest?.length !== DIGEST_LENGTHS[algorithm]', '!digest'],
      [".padEnd(Math.ceil(digest.length / 4) * 4, '=')", ''],
    ],
  },
  {
    file: 'sw/integrity/integrity-check.ts',
    project: 'unit',
    tests: ['sw/integrity/integrity-check.test.ts'],
    mutants: [
      ['if (state) hash.restore(state);', ''],
      ['if (!integrity) return undefined;', "if (!integrity) throw new Error('unreadable');"],
      ['integrity.digests.includes(', "integrity.digests.every(Boolean) || [''].includes("],
    ],
  },
  {
    file: `${downloads}store-segment.ts`,
    project: 'rows',
    tests: [`${downloads}store-segment`],
    mutants: [
      ["if (!tail && !isNamed) return 'unproven';", ''],
      ["if (tail && !equalBytes(tail, received.subarray(0, overlapBytes))) return 'changed';", ''],
      ['!isFirst && !isNamed) {', '!isFirst && isNamed) {'],
      ['const bytes = received.subarray(overlapBytes);', 'const bytes = received;'],
      ['offsetBytes === 0 && !canBeMedia', 'offsetBytes === 1 && !canBeMedia'],
      ["if (outcome === 'foreign') return 'changed';", ''],
      ["outcome === 'fenced' ? 'fenced' : 'committed'", "'committed'"],
      [
        'before.lengthBytes < lengthBytes) return undefined',
        'before.lengthBytes < 0) return undefined',
      ],
    ],
  },
  {
    file: `${downloads}read-segment.ts`,
    project: 'rows',
    tests: [`${downloads}scrub.browser`, `${downloads}integrity`, `${downloads}verify`],
    mutants: [
      [
        '=== sha256 ? new Uint8Array(buffer) : undefined',
        '!== sha256 ? new Uint8Array(buffer) : undefined',
      ],
      ['hex(new Uint8Array(digest)) === sha256', 'true'],
    ],
  },
  {
    file: `${downloads}verify.ts`,
    project: 'rows',
    tests: [`${downloads}integrity`, `${downloads}verify`],
    mutants: [
      ["return check.holds() ? 'right' : 'wrong';", "return 'right';"],
      ['if (endBytes <= givenBytes) continue;', ''],
      ['bytes.subarray(givenBytes - entry.offsetBytes)', 'bytes'],
      ['await dropBroken(db, id, epoch, entry);', ''],
      ['await changeAttempt(db, id, epoch, { hashed });', ''],
      ['if (!until.aborted || givenBytes === totalBytes) continue;', 'continue;'],
    ],
  },
  {
    file: 'core/storage/damage.ts',
    project: 'rows',
    tests: [`${downloads}scrub`],
    mutants: [
      ["const state = next(download.state, { type: 'evicted' });", 'const { state } = download;'],
      ['const damaged = [...(attempt.damaged ?? []), broken];', 'const damaged = [broken];'],
      ['attempt?.epoch === epoch && damaged', 'damaged'],
      ['attempt.journal.some((other) => overlaps(other, entry))', 'false'],
    ],
  },
  {
    file: `${downloads}repair.ts`,
    project: 'rows',
    tests: [`${downloads}scrub`],
    mutants: [
      ["digest === sha256 ? bytes : 'gone'", "bytes ?? 'gone'"],
      ['if (response.status !== 206) {', 'if (response.status === 404) {'],
      ["GONE.has(response.status) ? 'gone' : 'later'", "'gone'"],
      ['!context.isOnline() || !mayFetch(', 'false && !mayFetch('],
      ['if (!attempt?.damaged) continue;', 'if (!attempt?.damaged?.length) continue;'],
      ["return (await commitAgain(context, attempt)) ? 'whole' : 'later';", "return 'later';"],
    ],
  },
  {
    file: `${downloads}scrub.ts`,
    project: 'rows',
    tests: [`${downloads}scrub`],
    mutants: [
      ['if (await readSegment(context, attempt, entry)) continue;', 'continue;'],
      ['attemptId === from.attemptId && offsetBytes < from.offsetBytes', 'false'],
      ['leftBytes <= 0 || stop.aborted', 'leftBytes <= 0'],
      ['endedAt: context.now() }', 'endedAt: undefined }'],
    ],
  },
  {
    file: `${downloads}serve-media.ts`,
    project: 'rows',
    tests: [`${downloads}serve-media`],
    mutants: [
      ["request.method === 'GET';", 'true;'],
      ['ifRange === null || ifRange ===', 'ifRange !== ifRange || ifRange ==='],
      ['range.lastByte + 1 : totalBytes', 'range.lastByte : totalBytes'],
      ['first instanceof BytesGoneError', 'true'],
    ],
  },
];
